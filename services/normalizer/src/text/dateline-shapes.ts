const dash = '[-\\u2010-\\u2015]'
const dashes = `(?:--|${dash})`
const stamp = `(?:(?<stamp>\\d{2}\\.\\d{2}\\.\\d{4}\\s*${dash}\\s*\\d{2}:\\d{2})\\s+)?`
const agencies =
  'dpa|AFX|AFP|Reuters|AP|APA|sda|Keystone-SDA|ats|awp|ANSA|EFE|EUROPA PRESS|SID|KNA|epd|dts|Xinhua|Kyodo|TASS|Belga|ANP|PTI|UPI|Bloomberg|Canadian Press'

/** At the beginning of a line: the place, perhaps with a date, then the wire in brackets. */
export const lineForms: readonly RegExp[] = [
  new RegExp(
    `^${stamp}(?<raw>(?<place>\\S[^\\n]{0,119}?)\\s*\\(\\s{0,3}(?<wire>ots(?:\\/[^()\\n]{1,40}?)?)\\s{0,3}\\))[ \\t]*(?:${dash}{1,2}[ \\t]*)?`,
    'iu',
  ),
  /^(?<raw>(?<place>\p{Lu}[^\n(]{1,80}?,\s*(?:am\s+)?\d{1,2}\.\s*\p{L}{3,10}\s*\d{4})\s*\((?<wire>[^()\n]{2,20})\))[ \t]*/u,
  new RegExp(
    `^(?<raw>(?<place>\\p{Lu}[^\\n(]{1,80}?)\\s*\\((?<wire>(?:${agencies})(?:[/\\-][\\p{L}\\d\\-/]{1,15})?)\\))\\s*${dash}{1,2}[ \\t]*`,
    'u',
  ),
]

/**
 * `Bonn, 14. Juli 2026 – `: the form of a release that no wire has named. The year and the dash
 * tell it from prose, and nothing stands before it.
 */
export const unnamed = new RegExp(
  `^(?<raw>(?<place>\\p{Lu}[\\p{L}.'’\\-]{1,24}(?:(?:, | ?/ ?| und | and | et | am | an der | )\\p{Lu}[\\p{L}.'’\\-]{1,24}){0,3}),\\s(?<date>(?:(?:den|am|le)\\s)?(?:\\d{1,2}(?:\\.|er)?\\s\\p{L}{3,10}\\.?|\\d{1,2}\\.\\d{1,2}\\.|\\p{Lu}\\p{L}{2,8}\\.?\\s\\d{1,2},)\\s?(?:19|20)\\d{2}))\\s{0,2}${dashes}\\s{1,2}`,
  'u',
)

/** A wire's name between signs that tell it from prose, behind the place of a dateline. */
export interface Anchor {
  /** Cheap: the form is tried only where this stands. */
  hint: RegExp
  form: RegExp
  date: 'needed' | 'may lack' | 'has none'
  place: 'needed' | 'may lack' | 'opens the line'
}

const newswires =
  'PRNewswire|PR Newswire|Kyodo JBN|CNW|Medianet|Xinhua|AsiaNet|EINPresswire|PRWEB|美通社|共同通信|PRニュースワイア'
const slashed = `\\/\\s*(?<wire>(?:${newswires})[^/\\n]{0,40}?)\\s*\\/[ \\t]*`

export const anchors: readonly Anchor[] = [
  {
    hint: /\/\s*(?:PR|Kyodo|CNW|Medianet|Xinhua|AsiaNet|EIN|美|共)/u,
    form: new RegExp(`${slashed}(?:${dashes}[ \\t]*)?`, 'gu'),
    date: 'needed',
    place: 'needed',
  },
  {
    hint: /\((?:GLOBE|Globe|ACCESS|EQS|DGAP|NEWSFILE|Market)/u,
    form: new RegExp(
      `\\((?<wire>(?:GLOBE NEWSWIRE|GlobeNewswire|ACCESSWIRE|ACCESS Newswire|EQS|DGAP|NEWSFILE|Marketwired)[^()\\n]{0,30})\\)[ \\t]*(?:${dashes}[ \\t]*)?`,
      'gu',
    ),
    date: 'needed',
    place: 'needed',
  },
  {
    hint: /\(\s*(?:BUSINESS|Business|美|ビ)/u,
    form: new RegExp(
      `(?:\\s{0,3}${dashes}\\s{0,3})?\\(\\s?(?<wire>BUSINESS WIRE|Business Wire|美國商業資訊|美国商业资讯|ビジネスワイヤ)\\s?\\)\\s{0,3}${dashes}[ \\t]*`,
      'gu',
    ),
    date: 'may lack',
    place: 'may lack',
  },
  {
    hint: /\((?:Newsfile|NEWSFILE) Corp/u,
    form: new RegExp(
      `\\s{0,3}${dashes}\\s{0,3}\\((?<wire>(?:Newsfile|NEWSFILE) Corp\\.?)\\s*${dash}\\s*(?<date>[^()\\n]{4,30})\\)[ \\t]*(?:${dashes}[ \\t]*)?`,
      'gu',
    ),
    date: 'needed',
    place: 'needed',
  },
  // A title ran into it: only the dash tells it from prose.
  {
    hint: /\(ots/iu,
    form: new RegExp(`\\((?<wire>ots(?:\\/[^()\\n]{1,40}?)?)\\)[ \\t]*${dash}{1,2}[ \\t]*`, 'giu'),
    date: 'has none',
    place: 'needed',
  },
  // Wires that nobody has named yet: the date and the dash behind are proof enough.
  {
    hint: /[)/]\s*[-\u2010-\u2015]/u,
    form: new RegExp(
      `(?:\\/\\s?(?<wire>\\p{Lu}[\\p{L}\\d .\\-]{2,40})\\s?\\/|\\((?<paren>\\p{Lu}[\\p{L}\\d .\\-]{2,40})\\))[ \\t]*${dashes}[ \\t]*`,
      'gu',
    ),
    date: 'needed',
    place: 'opens the line',
  },
  {
    hint: /\/\s*(?:PR|CNW|美)/u,
    form: new RegExp(`${slashed}${dashes}[ \\t]*`, 'gu'),
    date: 'may lack',
    place: 'needed',
  },
]

export const reversed =
  /(?<raw>(?<place>\p{Lu}[\p{L}\p{M}'’.,\- ]{1,60}?)\s*\/\s*(?<wire>ACCESS ?WIRE|ACCESS Newswire)\s*\/\s*(?<date>[^/\n]{4,30}?)\s*\/)[ \t]*(?:(?:--|[-\u2010-\u2015])[ \t]*)?/iu
