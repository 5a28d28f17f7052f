/**
 * The callback with these parameters behind its own query, which stays as it was written (REC
 * WebSub 5.3).
 */
export function askAt(callback: string, fields: Readonly<Record<string, string>>): string {
  const [address = ''] = callback.split('#')
  // A space as `%20`: not everybody reads a query as a form.
  const query = new URLSearchParams(fields).toString().replaceAll('+', '%20')
  if (!address.includes('?')) return `${address}?${query}`
  return /[?&]$/.test(address) ? `${address}${query}` : `${address}&${query}`
}

/** Host and port, for the limit per host. */
export function hostOf(callback: string): string {
  return new URL(callback).host
}
