/**
 * How releases call themselves a correction or a withdrawal of another release. Groups: `issuer`,
 * `title`, `when` and `id` of that other release. A mark needs its shape: the bare word is
 * anybody's (`course correction`, `Korrektur der Prognose`).
 */
export interface NoticeForm {
  kind: 'correction' | 'withdrawal'
  form: RegExp
  /** A new text for an old one, that does not call the old one wrong. */
  isUpdate?: true
}

const dash = '(?:--|[-\\u2010-\\u2015])'
const sign = `\\s*(?::|${dash}|\\/)\\s*`
const rest = '(?<title>.{0,500})$'
/** `POL-HH: `, `BPOLI KS: `. */
const office = '(?:\\p{Lu}{2,6}(?:-[\\p{L}\\p{N}]{1,20})*(?: \\p{Lu}{1,4})?: )?'
const begin = `^\\W{0,3}${office}(?:(?:ACHTUNG|EIL|ATTENTION)\\W{1,3})?`
const quoted = '["„“”«‹»]\\s?(?<title>.{3,400}?)\\s?["”“»›«](?=[\\s,.;:]|$)'
/** A day stands somewhere in it. */
const when = '(?<when>.{4,40})'

const release = '(?:press |news |media )?release'
const communique = 'communiqué(?: de presse)?(?: (?:intitulé|titré))?'
const comunicato = 'comunicato(?: stampa)?(?: (?:intitolato|dal titolo))?'
const comunicado = 'comunicado(?: de prensa)?(?: (?:titulado|con el título))?'
const meldung =
  '(?:(?:Presse|Medien|Polizei)?(?:meldung|mitteilung)|(?:Presse)?aussendung|Pressebericht)'
const korrektur = '(?:Korrektur|Korrekturmeldung|Berichtigung|Richtigstellung)'
const ruecknahme = '(?:Rücknahme|Widerruf|Zurückziehung)'
/** `zur Pressemitteilung vom 3.3.2026, 14:30 Uhr: …`, `zu unserer heutigen OTS0124`. */
const ofMeldung =
  ` (?:zu[rm]?|in|der|unserer)(?: (?:der|unserer|heutigen|gestrigen)){0,2} ` +
  `(?:${meldung}(?: (?<id>OTS\\d{4}))?|(?<id2>OTS\\d{4}))\\b` +
  `(?<when>(?:[^:]|(?<=\\d):(?=\\d)){0,60})(?::\\s*(?<title>.{0,500}))?$`

function correction(...parts: string[]): NoticeForm {
  return { kind: 'correction', form: new RegExp(parts.join(''), 'isu') }
}

function withdrawal(...parts: string[]): NoticeForm {
  return { kind: 'withdrawal', form: new RegExp(parts.join(''), 'isu') }
}

/** Cheap: no form below fits a text without one of these words. */
export const noticeHint =
  /corre(?:ct|cc|z|gg)|c ?o ?r ?r ?e ?c ?t|u ?p ?d ?a ?t ?e|korrig|korrekt|bericht|richtigstell|rectif|errat|rettif|disregard|withdr|retract|kill|annul|anul|retiro|ritiro|zurück|widerruf|rücknahme|löschung|verwenden|news release|replace|supersede|corrig|ersetzt|tenir compte|utiliser|en cuenta|tenere conto|not use|not publish|gegenstandslos/iu

/** In headlines; the first that fits counts. */
export const titleForms: readonly NoticeForm[] = [
  withdrawal(
    `^\\W{0,2}DISREGARD (?:NEWS |PRESS )?RELEASE(?:${sign}(?<issuer>[^/]{0,200}?))?\\s*\\/?\\s*$`,
  ),
  correction(
    `^\\/\\s*C ?O ?R ?R ?E ?C ?T ?I ?O ?N`,
    `(?:\\s*${dash}\\s*(?<issuer>[^/]{0,200}?))?\\s*\\/?\\s*$`,
  ),
  {
    ...correction(
      `^\\/\\s*U ?P ?D ?A ?T ?E ?D?\\s*${dash}\\s*(?<issuer>[^/]{0,200}?)\\s*\\/?\\s*$`,
    ),
    isUpdate: true,
  },
  correction(`${begin}CORRECTING (?:and|&) REPLACING\\W{0,3}\\s+${rest}`),
  correction(`${begin}CORRECT(?:ION|IF|ED)(?: ET MISE À JOUR)?${sign}${rest}`),
  correction(`${begin}(?:Rectificatif|Erratum|Errata corrige|Fe de erratas)${sign}${rest}`),
  correction(`${begin}(?:Rectificación|Corrección|Rettifica|Correzione)${sign}${rest}`),
  correction(
    `${begin}(?:Korrigierte|Berichtigte) (?:Fassung|Version|${meldung})`,
    `(?:${sign}| zu[rm]? )${rest}`,
  ),
  correction(`${begin}${korrektur}${sign}${rest}`),
  correction(`${begin}${korrektur}${ofMeldung}`),
  correction(`${begin}${korrektur}\\W{0,3}$`),
  correction(`${begin}Korrekturmeldung zu[rm]? ${rest}`),
  withdrawal(`${begin}(?:WITHDRAWN|RETRACTED|RETRACTION|(?:MANDATORY )?KILL)${sign}${rest}`),
  withdrawal(`${begin}(?:ANNULATION|ANULACIÓN|RETIRO|ANNULLAMENTO|RITIRO)${sign}${rest}`),
  withdrawal(`${begin}(?:ZURÜCKGEZOGEN|Bitte nicht verwenden|${ruecknahme})${sign}${rest}`),
  withdrawal(`${begin}${ruecknahme}${ofMeldung}`),
  withdrawal(
    `${begin}(?:Rücknahme|Widerruf|Löschung) (?:einer|der) `,
    `(?:[\\p{L}-]{0,30}fahndung|Vermisstensuche)(?:(?:${sign}| nach | zu[rm]? )${rest})?`,
  ),
]

/** In the first sentences, or the preface above a corrected release. */
export const leadForms: readonly NoticeForm[] = [
  withdrawal(
    '^We are advised by (?<issuer>.{0,200}?)\\s?that journalists and other readers ',
    'should disregard the news release, ',
    '(?:(?<title>.{1,500}?), issued (?<when>.{1,40}?)(?: by .{1,200}?)? over PR ?Newswire',
    '|(?<title2>.{3,300})(?:\\.\\.\\.|…)$)',
  ),
  correction(
    'In the news release, (?<title>.{1,500}?),? issued (?<when>.{1,60}?) ',
    'by (?<issuer>.{1,200}?) over PR ?Newswire',
  ),
  correction('^In the news release, (?<title>.{20,400}?(?:\\.\\.\\.|…))$'),
  correction(
    `\\b(?:(?:Please|This ${release}) replaces?|supersedes|corrects and replaces) the ${release}`,
    `(?:,? (?:titled|entitled|headlined) ${quoted})?`,
    `(?:.{0,60}?\\b(?:dated|issued|published|distributed) ${when})?`,
  ),
  correction(
    `\\b(?:corrige|annule) et remplace (?:le|notre|celui) ?(?:${communique})?(?: ?${quoted})?`,
    `(?:.{0,20}?(?:diffusé|publié|daté|émis) (?:le|du) (?<when>.{6,24}))?`,
    `(?:.{0,24}?\\bpar (?<issuer>\\p{Lu}[^.]{1,100}))?`,
  ),
  correction(
    `\\bcorrige y (?:sustituye|reemplaza) (?:el|al) ${comunicado}(?: ?${quoted})?`,
    `(?:.{0,20}?(?:difundido|publicado|emitido|fecha|del) ${when})?`,
  ),
  correction(
    `\\b(?:corregge|rettifica) e sostituisce (?:il|quello) ?(?:${comunicato})?(?: ?${quoted})?`,
    `(?:.{0,20}?(?:diffuso|pubblicato|emesso|data) ${when})?`,
  ),
  correction(
    `\\b(?:ersetzt|korrigiert|berichtigt) (?:die|unsere) ${meldung}`,
    `(?: (?:mit (?:dem Titel|der Überschrift) )?${quoted})?(?: vom ${when})?`,
  ),
  correction(
    `\\bIn der ${meldung} (?<id>OTS\\d{4}) vom (?<when>\\d{1,2}\\.\\s?\\d{1,2}\\.\\s?\\d{4}) `,
    '.{0,1000}?(?:Fehler|richtig|korrig|berichtig)',
  ),
  correction(
    `\\b(?:diese|folgende) ${korrektur} (?:in|zu) unserer (?<when>heutigen) (?<id>OTS\\d{4})`,
  ),
  correction('\\bComplete,? corrected release follows\\b'),
  withdrawal(
    `\\bPlease (?:disregard|do not use|do not publish) the ${release}`,
    `(?:,? (?:titled|entitled|headlined))?,? ${quoted}`,
    `(?:.{0,20}?(?:issued|dated|published) ${when})?`,
  ),
  withdrawal(
    `\\b(?:Veuillez|Merci de) ne pas (?:tenir compte du|utiliser le) ${communique} ?${quoted}`,
    `(?:.{0,20}?(?:diffusé|publié) (?:le|du) ${when})?`,
  ),
  withdrawal(
    `\\b(?:Rogamos|Por favor,?) no (?:tener|tengan) en cuenta el ${comunicado} ?${quoted}`,
    `(?:.{0,20}?(?:difundido|publicado|emitido) ${when})?`,
  ),
  withdrawal(
    `\\b(?:Si prega|Vi preghiamo) di non tenere conto del ${comunicato} ?${quoted}`,
    `(?:.{0,20}?(?:diffuso|pubblicato|emesso) ${when})?`,
  ),
  withdrawal(
    `\\bBitte (?:verwenden Sie )?(?:die|unsere)(?: heutige)? ${meldung}(?: ${quoted})?`,
    '(?: (?<id>OTS\\d{4}))?(?: vom (?<when>.{6,24}?))? nicht (?:zu )?verwenden',
  ),
  withdrawal(
    `\\b(?:unsere|die)(?: heutige)? ${meldung}(?: ${quoted})?(?: (?<id>OTS\\d{4}))?`,
    '(?: vom (?<when>.{6,24}?))? (?:wird|ist) (?:hiermit )?(?:zurückgezogen|gegenstandslos)',
  ),
]

/** A search that ended is a withdrawal only where its pictures and words are to be deleted. */
export const searchEnds: readonly RegExp[] = [
  /\bLöschung der [\p{L}-]{0,30}fahndung\b/iu,
  /\b(?:bitten?|gebeten|ersucht)\b[^.]{0,120}\b(?:Fahndung|Bild(?:er)?|Fotos?|Lichtbild(?:er)?|Meldung|Personendaten)\b[^.]{0,60}\b(?:zu löschen|löschen|zu entfernen|entfernen|nicht (?:mehr|weiter) zu (?:verwenden|veröffentlichen))\b/iu,
  /\b[\p{L}-]{0,30}fahndung\b[^.]{0,40}\b(?:zurückgenommen|widerrufen)\b/iu,
]
