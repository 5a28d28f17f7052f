export interface Announcement {
  readonly publicUrl: string
  readonly dropDir: string
  /** Shown once, when it was made. */
  readonly adminKey: string | undefined
}

/** What a person needs to go on, printed when everything answers. */
export function announcement({ publicUrl, dropDir, adminKey }: Announcement): string {
  const rows: (readonly [string, string])[] = [
    ['Page', `${publicUrl}/`],
    ['Feed', `${publicUrl}/feeds/rss?region=CN`],
    ['Dashboard', `${publicUrl}/dashboard`],
    ['Drop folder', dropDir],
    ['Admin key', adminKey ?? 'as it was; `npx newswire admin-key` makes a new one in its place'],
  ]
  const lines = rows.map(([name, value]) => `  ${name.padEnd(13)}${value}`)
  const once = adminKey === undefined ? [] : ['', '  Keep the admin key: it is shown this once.']
  return ['', 'Newswire is ready.', '', ...lines, ...once, '', ''].join('\n')
}
