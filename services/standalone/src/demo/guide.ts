export interface GuideOptions {
  readonly url: string
  readonly adminKey: string
  readonly dataDir: string
  readonly rate: number
}

/** What a person can look at, said once when everything moves. */
export function guide({ url, adminKey, dataDir, rate }: GuideOptions): string {
  const rhythm = rate === 1 ? 'one a second' : `${rate} a second`
  return `
The demo is running: releases in five languages, ${rhythm}, all of them made up.

  Choose a feed on the map:      ${url}/
  Register a webhook:            ${url}/webhooks
  Watch everything move:         ${url}/dashboard
  Read the newest as a feed:     ${url}/feeds/atom

Sign in with this admin key, which is good for this demo only:

  ${adminKey}

Of the two webhooks "Failing desk (demo)" breaks, drags and comes back within a minute or so.
Corrections, updates, withdrawals, embargoes of 20 seconds and dead letters come by themselves.
Everything is kept in ${dataDir} until the next demo starts. Ctrl-C ends it.

`
}
