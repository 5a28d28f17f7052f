/** What a line is for, where it is not the release itself (wires.md, text grammar). */
export type LineRole =
  | { role: 'originator'; issuer: string; language: string | undefined }
  | { role: 'source'; issuer: string }
  | { role: 'contact' }
  | { role: 'view-original' }
  | { role: 'media'; url: string | undefined; caption: string }
  | { role: 'footer' }

const lineCharsMax = 400

const originators: readonly { language: string | undefined; form: RegExp }[] = [
  {
    language: 'de',
    form: /^Original-?Content von: ?(?<issuer>.+?)(?:, übermittelt durch news aktuell)?\.?$/iu,
  },
  {
    language: 'en',
    form: /^Original content of: ?(?<issuer>.+?), transmitted by news aktuell\.?$/iu,
  },
  {
    language: 'fr',
    form: /^Contenu original de: ?(?<issuer>.+?), transmis par news aktuell\.?$/iu,
  },
  {
    language: 'it',
    form: /^Contenuto originale di: ?(?<issuer>.+?), trasmesso da news aktuell\.?$/iu,
  },
  {
    language: undefined,
    form: /^\p{L}[^\n:]{5,40}: ?(?<issuer>.+), [^\n,]{5,40} news aktuell\.?$/u,
  },
]

const source = /^(?:SOURCE:?|Source:|FUENTE:?|QUELLE:|SOURCE\/FUENTE:?)\s+(?<issuer>\S.{0,200})$/u
const contact =
  /^(?:(?:Presse|Medien|Ansprech)kontakte?|Kontakt|Pressestelle|Rückfragen(?: bitte an| ?& ?Kontakt| an)?|Ansprechpartner(?:in)?|(?:(?:Media|Press|Investor|Investors?[’']? relations?|Public relations|Company|Corporate|PR|Media relations) )*contacts?(?: information| details)?|For (?:media|press) (?:inquiries|enquiries)[^:\n]{0,40}|Contacts? (?:médias?|presse)|Contactos?(?: de prensa)?|Contatt[oi](?: stampa)?|Medienstelle)\s*[:&]/iu
const bareContact = /^(?:CONTACTS?|MEDIA CONTACTS?|Media Contacts?|Pressekontakt|Contact médias)$/u
const viewOriginal =
  /^(?:View (?:original content|source version)|Original ansehen|Ver contenido original)\b/iu
const media =
  /^\(?(?:Photo|Logo|Video|Image|Infographic|Foto|Bild|Fotografía|Grafik)(?: ?\d{1,2})? ?[-–—:] ?\(?(?<url>https?:\/\/[^\s)]+)?\s*\)?$/iu
const footers: readonly RegExp[] = [
  /^(?:\*{3,}|-{3,}|_{3,}|#{3,}|={3,}|# # #|-30-|- ?ends? ?-|\(Schluss\).{0,40}|\(Ende\).{0,40})$/iu,
  /^OTS-ORIGINALTEXT\b/u,
  /^INHALTLICHER VERANTWORTUNG DES AUSSENDERS/u,
  /^\(C\) ?Copyright APA-OTS\b/iu,
  /^(?:\*+\s*)?OTS\d{4}\s+\d{4}-\d{2}-\d{2}\/\d{2}:\d{2}$/u,
  /^Lesen Sie hier weiter\b/u,
  /^Related links?:?$/iu,
]

/** The role of a line, or undefined for a line of the release. */
export function roleOf(line: string): LineRole | undefined {
  const text = line.trim()
  if (text === '' || text.length > lineCharsMax) return undefined
  return originatorOf(text) ?? sourceOf(text) ?? mediaOf(text) ?? plainRoleOf(text)
}

function originatorOf(text: string): LineRole | undefined {
  for (const { language, form } of originators) {
    const issuer = form.exec(text)?.groups?.['issuer']
    if (issuer !== undefined) return { role: 'originator', issuer: issuer.trim(), language }
  }
  return undefined
}

function sourceOf(text: string): LineRole | undefined {
  const issuer = source.exec(text)?.groups?.['issuer']
  return issuer === undefined ? undefined : { role: 'source', issuer: issuer.trim() }
}

function mediaOf(text: string): LineRole | undefined {
  const match = media.exec(text)
  if (!match) return undefined
  const caption = /^\(?(\p{L}+(?: ?\d{1,2})?)/u.exec(text)?.[1] ?? ''
  return { role: 'media', url: match.groups?.['url'], caption }
}

function plainRoleOf(text: string): LineRole | undefined {
  if (contact.test(text) || bareContact.test(text)) return { role: 'contact' }
  if (viewOriginal.test(text)) return { role: 'view-original' }
  if (footers.some((form) => form.test(text))) return { role: 'footer' }
  return undefined
}
