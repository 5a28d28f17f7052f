/** The line that names the issuer, per language; the first that fits. */
export const originators: readonly { language: string | undefined; form: RegExp }[] = [
  {
    language: 'de',
    form: /^Original-?Content von:? ?(?<issuer>.+?)(?:, übermittelt durch news aktuell)?\.?$/iu,
  },
  { language: 'de', form: /^Originaltext:\s*(?<issuer>\S.*)$/u },
  {
    language: 'en',
    form: /^Original content (?:of|from|by): ?(?<issuer>.+?)(?:, transmitted by news aktuell)?\.?$/iu,
  },
  {
    language: 'fr',
    form: /^Contenu original de ?: ?(?<issuer>.+?)(?:, transmis par news aktuell)?\.?$/iu,
  },
  {
    language: 'it',
    form: /^Contenuto originale di: ?(?<issuer>.+?)(?:, trasmesso da news aktuell)?\.?$/iu,
  },
  {
    language: 'es',
    form: /^Contenido original de: ?(?<issuer>.+?)(?:, transmitido por news aktuell)?\.?$/iu,
  },
  {
    language: undefined,
    form: /^\p{L}[^\n:]{5,40}: ?(?<issuer>.+), [^\n,]{5,40} news aktuell\.?$/u,
  },
]

const german = [
  '(?:Presse-?|Medien-?|Redaktions|Journalisten|Investor(?:en)?-?|Ansprech)kontakte?',
  'Kontakt(?:daten)?(?: (?:für (?:die )?)?(?:Presse|Medien|Journalisten|Redaktionen|Investoren))?',
  '(?:Presse|Medien)stelle',
  '(?:(?:Bei|Für) )?(?:Presse|Medien)?-?(?:Rückfragen|Nachfragen|Anfragen|rückfragen|anfragen)(?: (?:von|für|der) (?:\\p{L}+ ){0,3}?\\p{L}+)?(?: bitte)?(?: an| bei| unter| ?& ?Kontakt| und Kontakt)?',
  'Rückfragehinweis',
  'Ansprechpartner(?:in|innen)?(?: für (?:die )?(?:Presse|Medien|Journalisten|Redaktionen))?',
]
const english = [
  "(?:(?:Media|Press|Investors?[’']? relations?|Investors?|Public relations|Company|Corporate|PR|Media relations|News media|Analyst|IR|(?:Media|Press) (?:and|&) Investors?) )*contacts?(?: information| details| person)?(?: for (?:media|press|investors|journalists))?",
  '(?:For further information|Renseignements)(?= ?:)',
  'For (?:(?:more|further|additional) (?:media |press )?information|(?:media|press|investor) (?:inquiries|enquiries|information))[^:\\n]{0,60}contact[^:\\n]{0,30}',
  '(?:(?:For )?(?:media|press|investor)(?: and investor)? (?:inquiries|enquiries|queries))[^:\\n]{0,40}',
  '(?:Investor|Media|Press|Public) relations',
]
const others = [
  '(?:Contacts?|Relations?|Service|Attachée? de) (?:de )?(?:médias?|presse|investisseurs)',
  "Pour (?:plus d[’']informations?|toute information)[^:\\n]{0,40}contact[^:\\n]{0,20}",
  'Contactos?(?: (?:de|para|con) (?:(?:la|los) )?(?:prensa|medios|inversores|comunicación))?',
  'Para (?:más|mayor) información[^:\\n]{0,40}contact[^:\\n]{0,20}',
  'Contatt[oi](?: (?:(?:per|con) )?(?:(?:la|i) )?(?:stampa|media|investitori))?',
  'Ufficio stampa',
  'Per (?:ulteriori|maggiori) informazioni[^:\\n]{0,40}contatt[^:\\n]{0,20}',
]

/** A line that begins the addresses of those who answer questions. */
export const contactForms: readonly RegExp[] = [
  new RegExp(`^(?:${[...german, ...english, ...others].join('|')})\\s*[:&]`, 'iu'),
  /^(?:CONTACTS?|MEDIA CONTACTS?|Media Contacts?|Press Contacts?|Contacts?|Pressekontakte?|Medienkontakte?|Rückfragen & Kontakt|Rückfragen bitte an|Contacts? (?:médias?|presse)|Contact(?:o|os) de prensa|Contatti stampa)$/u,
]

/** Lines that say nothing about the release. */
export const footerForms: readonly RegExp[] = [
  /^(?:\*{3,}|-{3,}|_{3,}|#{2,}|={3,}|# # #|\* \* \*|[-–] ?30 ?[-–]|[-–]? ?(?:ends?|ende|fin|fine)\.? ?[-–]|END|ENDS|ENDE|\(Schluss\).{0,40}|\(Ende\).{0,40}|\(END\).{0,40}|[-–(] ?(?:more|mehr|suite|segue|sigue) ?[-–)]|(?:page|seite) \d{1,3}(?: (?:of|von) \d{1,3})?)$/iu,
  /^(?:\*{3} ?)?OTS-ORIGINALTEXT\b/u,
  /^INHALTLICHER VERANTWORTUNG DES AUSSENDERS/u,
  /^(?:\(C\)|©) ?Copyright APA-OTS\b/iu,
  /^\d{6} (?:Jan|Jän|Feb|Mär|Mar|Apr|Mai|May|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec) \d{2}$/u,
  /^(?:\*+\s*)?OTS\d{4}\s+\d{4}-\d{2}-\d{2}\/\d{2}:\d{2}$/u,
  /^Bild\(?(?:er)?\)? zu dieser Aussendung\b.{0,200}$/u,
  /^Disclosure of an inside information\b.{0,250}\b(?:EQS|DGAP)\b.{0,100}$/u,
  /^Veröffentlichung einer (?:Insiderinformation|Kapitalmarktinformation|Mitteilung)\b.{0,250}\b(?:EQS|DGAP)\b.{0,100}$/u,
  /^(?:Lesen Sie hier weiter|Kontaktdaten anzeigen|Digitale Pressemappe ?:|Pressemappe (?:via|als) RSS ?:)/u,
  /^(?:SHARE THIS ARTICLE|Share this article|WANT YOUR COMPANY[’']S NEWS .{1,100})$/u,
  /^(?:OTS: .{1,120}|newsroom(?: via RSS)?: .{1,200}|Weiteres Material: .{1,200}|Druckfähiges Bildmaterial: .{1,200})$/u,
  /^[-–—] ?(?:Querverweis\b|Bild(?:er)? (?:ist|sind)|Weiterer Text|Ein Dokument|(?:Une|Des|L[’']) ?images?|Un[ea]? immagin).{0,300} ?[-–—]$/iu,
  /^(?:Related links?|Liens connexes|Enlaces relacionados|Link correlati):?$/iu,
  /^(?:FOR IMMEDIATE (?:RELEASE|PUBLICATION)|ZUR SOFORTIGEN VERÖFFENTLICHUNG|POUR (?:DIFFUSION|PUBLICATION) IMMÉDIATE|PER (?:DIFFUSIONE|PUBBLICAZIONE) IMMEDIATA|PARA (?:SU )?(?:PUBLICACIÓN|DIFUSIÓN) INMEDIATA)[\s:.!]*$/iu,
  /^(?:Press(?:e-?| )(?:mitteilung|information|meldung|release)|Medienmitteilung|Media release|News release|Communiqué de presse|Comunicato stampa|Nota de prensa|Comunicado de prensa)[\s:]*$/iu,
  /^(?:(?:EQS|DGAP)-[\p{L}-]{2,20}:.{0,200}|Für den Inhalt der Mitteilung ist der Emittent.{0,80}|The issuer is solely responsible for the content of this announcement\.)$/u,
  /^(?:End of Inside Information|Ende der Insiderinformation|Originalinhalt anzeigen:.{0,200})$/u,
]

/** What presseportal writes under a release. */
export const pageEnd =
  /^(?:\d{2}(?:\.\d{2}\.|-\p{L}{3}-)\d{4}(?: CET\/CEST)? (?:Veröffentlichung|Dissemination|Die EQS|The EQS|Die DGAP|The DGAP) .{0,350}|(?:Ende der Mitteilung|End of (?:News|Announcement)) (?:EQS|DGAP).{0,60}|(?:Orte|Themen) in dieser Meldung|Weitere (?:Meldungen|Storys|Stories)[: ].{0,120}|Alle (?:Meldungen|Storys|Stories) .{0,80}|Mehr (?:aus|zu) .{0,60} (?:Meldungen|Storys))$/u
