/** What a text says about its own place in the life of a release. */
export interface LifeMarks {
  /** It replaces what another release said. */
  isCorrection: boolean
  /** It asks to disregard another release, which it names only by issuer and title. */
  isDisregard: boolean
  /** The issuer that a `/C O R R E C T I O N -- X/` title names. */
  issuer?: string
}

/** A notice of PR Newswire about one of its own releases names the wire in a fixed turn. */
const prnNotice = /, issued .{1,200}? over PR ?Newswire\b/su

const titleForms: readonly RegExp[] = [
  /^\/\s*C\s?O\s?R\s?R\s?E\s?C\s?T\s?I\s?O\s?N(?:\s*(?:--|[-\u2010-\u2015])\s*(?<issuer>[^/]{0,200}?))?\s*\/?$/u,
  /^\W{0,3}CORRECTING and REPLACING\b/iu,
  /^\W{0,3}CORRECTI(?:ON|F)(?: ET MISE À JOUR)?\s*(?::|--?|[\u2010-\u2015]|\/)/iu,
  /^\W{0,3}(?:KORREKTUR|Korrektur|Korrekturmeldung|Richtigstellung|Berichtigung|Korrigierte Fassung)\b/u,
  /^(?:\p{L}{2,6}(?:-[\p{L}\p{N}]{1,12})*(?: \p{Lu}{1,3})?: )\W{0,2}(?:Korrektur|Richtigstellung|Berichtigung)/u,
  /^\W{0,3}(?:Rectificatif|Rectificación|Corrección|Rettifica|Correzione)\b/iu,
]
const leadForms: readonly RegExp[] = [
  /^In the news release, .{1,400}?, issued .{1,200}? over PR ?Newswire/su,
  /\bcorrige et remplace le communiqué\b/iu,
  /\b(?:Please replace|replaces) the (?:press |news )?release dated\b/iu,
  /\bComplete,? corrected release follows\b/iu,
]
const disregardTitle = /^\W{0,2}\/?\s*DISREGARD RELEASE\b/iu
const disregardLead =
  /^We are advised by\b.{0,200}?\bthat journalists and other readers should disregard the news release\b/su
const leadChars = 1_000

/** Whether the text is PR Newswire's own notice about a release. */
export function isPrNewswireNotice(lead: string): boolean {
  const head = lead.slice(0, leadChars)
  return prnNotice.test(head) && [...leadForms, disregardLead].some((form) => form.test(head))
}

/** Reads the marks of title and lead; both are plain text. */
export function lifeMarksOf(headline: string, lead: string): LifeMarks {
  const head = lead.slice(0, leadChars)
  const title = titleForms.map((form) => form.exec(headline)).find((match) => match !== null)
  const issuer = title?.groups?.['issuer']?.trim()
  return {
    isCorrection: title !== undefined || leadForms.some((form) => form.test(head)),
    isDisregard: disregardTitle.test(headline) || disregardLead.test(head),
    ...(issuer === undefined || issuer === '' ? {} : { issuer }),
  }
}

const prefaceEnd =
  /\b(?:Complete,? corrected release follows|La version complète et corrigée suit)\s*:?$/iu

/** Whether the paragraph is the preface after which the corrected release follows whole. */
export function isCorrectionPreface(paragraph: string): boolean {
  return prefaceEnd.test(paragraph.trim())
}
