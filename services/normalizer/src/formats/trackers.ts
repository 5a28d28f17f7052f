/** Addresses that count who follows them, and where the true address stands within them. */
const trackers: readonly { form: RegExp; parameter?: string }[] = [
  { form: /^https?:\/\/cts\.businesswire\.com\/ct\/CT\b/iu, parameter: 'url' },
  {
    form: /^https?:\/\/(?:[\w-]{1,40}\.){0,3}(?:globenewswire|marketwired?)\.com\/(?:Tracker|newsroom\/ti)\b/iu,
  },
  { form: /^https?:\/\/(?:c212\.net|edge\.prnewswire\.com)\/c\/(?:link|img)\b/iu, parameter: 'u' },
  { form: /^https?:\/\/rt\.(?:prnewswire|newswire)\.(?:com|ca)\//iu },
]

/**
 * The address that a link leads to, past whoever counts its readers; undefined where only the
 * tracker knows it, or there is none.
 */
export function withoutTracker(href: string): string | undefined {
  const address = href.trim()
  const tracker = trackers.find(({ form }) => form.test(address))
  if (!tracker) return address === '' ? undefined : address
  if (tracker.parameter === undefined || !URL.canParse(address)) return undefined
  const target = new URL(address).searchParams.get(tracker.parameter) ?? ''
  return /^https?:\/\//iu.test(target) ? target : undefined
}

/** Whether a picture is there to count its readers. */
export function isCountingPixel(src: string): boolean {
  return trackers.some(({ form }) => form.test(src.trim()))
}
