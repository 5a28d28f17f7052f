import { pageOf, type Release, uriOf } from './release.js'
import type { Act } from './script.js'

type PushedAct = Exclude<Act, { kind: 'feed-entry' }>

/** The ninjs document (IPTC) by which an act comes in. */
export function ninjsOf(act: PushedAct): object {
  if (act.kind === 'broken') return brokenOf(act.number)
  const { release } = act
  if (act.kind === 'release') return documentOf(release, 1)
  if (act.kind === 'embargo') {
    return { ...documentOf(release, 1), embargoedUntil: act.until.toISOString() }
  }
  const document = documentOf(release, act.version)
  if (act.kind === 'withdrawal') return { ...document, pubStatus: 'canceled' }
  return act.kind === 'correction' ? { ...document, signal: 'sig:correction' } : document
}

function documentOf(release: Release, version: number): object {
  const { language, headline, issuer, published } = release
  return {
    ...{ uri: uriOf(release), webUrl: pageOf(release), version: String(version) },
    ...{ language, headline, body_text: release.textOf(version).join('\n\n') },
    firstCreated: published.toISOString(),
    organisations: [{ name: issuer, rel: 'issuer' }],
  }
}

/** No normalizer knows this status, and an unknown one lets nothing out: a dead letter. */
function brokenOf(number: number): object {
  return {
    uri: `tag:broken.example,2026:${number}`,
    headline: 'A release whose status nobody understands',
    pubStatus: 'perhaps',
  }
}
