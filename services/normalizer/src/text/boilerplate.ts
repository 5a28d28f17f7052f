import { contactForms, footerForms, originators, pageEnd } from './boilerplate-lines.js'

/** What a line is for, where it is not the release itself (wires.md, text grammar). */
export type LineRole =
  | { role: 'originator'; issuer: string; language: string | undefined }
  | { role: 'source'; issuer: string }
  | { role: 'contact' }
  | { role: 'view-original' }
  | { role: 'media'; url: string | undefined; caption: string }
  | { role: 'footer' }
  /** What follows is the page around the release. */
  | { role: 'page-end' }

const lineCharsMax = 400

const source =
  /^(?:SOURCE ?:?|Source ?:|(?:FUENTE|FONTE|QUELLE) ?:?|(?:Quelle|Fuente|Fonte):|SOURCE\/FUENTE:?|출처:?)\s+(?<issuer>\S.{0,200})$/u
const sourceInHan = /^(?:消息)?(?:来源|來源)\s?[:：]?\s?(?<issuer>\S.{0,200})$/u
const viewOriginal =
  /^(?:(?:Cision )?View (?:the )?(?:original (?:content|release)|source version)|To view the (?:source|original) version|Link zur Aussendung|Original(?:version|inhalt)? (?:auf \S+ )?ansehen|Voir le contenu original|Consulte[zr] (?:la version source|le contenu original)|V(?:er|ea|isualizar) (?:el |la )?(?:contenido|versión) original|V(?:edi|isualizza) (?:il |la )?(?:contenuto|versione) originale)(?!\p{L})/iu
const picture =
  /^\(?(?<kind>Photos?(?:\/Multimedia Gallery Available)?|Logo|Videos?|Images?|Infographic|Infografik|Fotos?|Bild(?:er)?|Fotografía|Grafik|Vid[eé]o|Vídeo|Immagine|Imagen|Multimedia)(?<number> ?\d{1,2})? ?[-–—:] ?\(?(?<url>https?:\/\/[^\s)]+)?\s*\)?(?:\s[-–—]\s(?<caption>.{1,250}))?$/iu

/** The role of a line, or undefined for a line of the release. */
export function roleOf(line: string): LineRole | undefined {
  const text = line.trim()
  if (text === '' || text.length > lineCharsMax || isProse(text)) return undefined
  return originatorOf(text) ?? sourceOf(text) ?? mediaOf(text) ?? plainRoleOf(text)
}

/** Cheap: a long line has a role only if it begins with a label or with words in capitals. */
const proseCharsMin = 130
const labelled =
  /^(?:[^\n:&]{1,120}[:&]|\p{Lu}{3}|\(|\d|View |To view |Original|Voir |Consulte|Ve[ard]|Visuali|Lesen |Für den |Weitere |Alle |Mehr |The issuer |Disclosure |Veröffentlichung |Bild|[^\p{L}])/u

function isProse(text: string): boolean {
  return text.length >= proseCharsMin && !labelled.test(text)
}

function originatorOf(text: string): LineRole | undefined {
  for (const { language, form } of originators) {
    const issuer = form.exec(text)?.groups?.['issuer']
    if (issuer !== undefined) return { role: 'originator', issuer: issuer.trim(), language }
  }
  return undefined
}

function sourceOf(text: string): LineRole | undefined {
  const issuer = (source.exec(text) ?? sourceInHan.exec(text))?.groups?.['issuer']
  return issuer === undefined ? undefined : { role: 'source', issuer: issuer.trim() }
}

function mediaOf(text: string): LineRole | undefined {
  const { kind, number = '', url, caption } = picture.exec(text)?.groups ?? {}
  if (kind === undefined || (caption !== undefined && url === undefined)) return undefined
  return { role: 'media', url, caption: caption ?? `${kind}${number}` }
}

function plainRoleOf(text: string): LineRole | undefined {
  if (contactForms.some((form) => form.test(text))) return { role: 'contact' }
  if (viewOriginal.test(text)) return { role: 'view-original' }
  if (footerForms.some((form) => form.test(text))) return { role: 'footer' }
  return pageEnd.test(text) ? { role: 'page-end' } : undefined
}
