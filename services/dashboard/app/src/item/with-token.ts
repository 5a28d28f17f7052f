/** Whoever reads by a token in the page's address asks for the rest with it too. */
export function withToken(path: string): string {
  const token = new URLSearchParams(location.search).get('token')
  if (token === null) return path
  return `${path}${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`
}
