import { faultsDe, fieldsDe, problemsDe } from './problems-de.js'
import {
  type FaultWords,
  type FieldWords,
  faultsEn,
  fieldsEn,
  type ProblemWords,
  problemsEn,
} from './problems-en.js'
import type { Language } from './words.js'

interface AllWords {
  readonly problems: ProblemWords
  readonly faults: FaultWords
  readonly fields: FieldWords
}

const all: Readonly<Record<Language, AllWords>> = {
  en: { problems: problemsEn, faults: faultsEn, fields: fieldsEn },
  de: { problems: problemsDe, faults: faultsDe, fields: fieldsDe },
}

/** Of these the house says more than its type does: its own sentence stands behind ours. */
const quoting: ReadonlySet<string> = new Set([
  ...['bad-request', 'bad-filter', 'invalid-filter', 'invalid-headers', 'invalid-webhook'],
  ...['refused-address', 'address-refused', 'unfit-tags', 'unfit-query', 'on-the-bus'],
  ...['invalid-body', 'invalid-request', 'invalid-backtest', 'own-page', 'not-taken'],
])

/** What the house answered (RFC 9457), as `AskError` has it. */
export interface ToldProblem {
  /** The end of its type; empty where it was no problem of the house. */
  readonly type: string
  /** In English, as `detail`. */
  readonly message: string
  readonly detail: string
  readonly members: Readonly<Record<string, unknown>>
  readonly retrySeconds: number | undefined
}

/** Words for people, and what of it stays in English. */
export interface SaidProblem {
  readonly title: string
  readonly say: string
  readonly english: { readonly title: boolean; readonly quote: string }
  readonly faults: readonly SaidFault[]
}

export interface SaidFault {
  readonly text: string
  readonly quote: string
}

export function problemIn(language: Language, told: ToldProblem): SaidProblem {
  const { problems, faults: rules, fields } = all[language]
  const said = faultsOf(told.members['faults']).map((fault) =>
    sayFault(fault, { rules, fields, language }),
  )
  // Two entries of a list, or two rules of one field, may come to the same words.
  const faults = [...new Map(said.map((each) => [each.text, each])).values()]
  const quote = faults.length > 0 ? '' : told.detail
  if (!isKnown(problems, told.type)) {
    return { title: told.message, say: '', english: { title: true, quote }, faults }
  }
  const [title, say] = problems[told.type]
  const of = (name: string) => String(told.members[name] ?? '')
  const sentence = typeof say === 'string' ? say : say({ retry: retryIn(language, told), of })
  const quotes = quoting.has(told.type) && quote !== ''
  // To who reads English anyway, the house's own sentence says the same and more.
  if (quotes && language === 'en') {
    return { title, say: quote, english: { title: false, quote: '' }, faults }
  }
  const hasFaults = faults.length > 0
  const english = { title: false, quote: quotes ? quote : '' }
  return { title, say: hasFaults ? '' : sentence, english, faults }
}

interface Fault {
  readonly field: string
  readonly rule: keyof FaultWords
  readonly limit?: number
  readonly fault: string
}

function sayFault(
  { field, rule, limit, fault }: Fault,
  { rules, fields, language }: Pick<AllWords, 'fields'> & { rules: FaultWords; language: Language },
): SaidFault {
  const names: Readonly<Record<string, string>> = fields
  const name = names[field] ?? names[field.split('.')[0] ?? ''] ?? field
  const number = limit === undefined ? '' : new Intl.NumberFormat(language).format(limit)
  const isVague = rule === 'wrong-form'
  if (isVague && language === 'en') return { text: `${name}: ${fault}`.trim(), quote: '' }
  return { text: `${name} ${rules[rule](number)}.`.trim(), quote: isVague ? fault : '' }
}

function faultsOf(member: unknown): Fault[] {
  if (!Array.isArray(member)) return []
  return member.filter(
    (each): each is Fault =>
      typeof each?.field === 'string' && Object.hasOwn(faultsEn, each.rule ?? ''),
  )
}

const retryUnits = [
  ['hour', 3_600],
  ['minute', 60],
] as const

function retryIn(language: Language, { retrySeconds }: ToldProblem): string {
  if (retrySeconds === undefined) return { en: 'soon', de: 'gleich' }[language]
  const inUnits = new Intl.RelativeTimeFormat(language)
  const largest = retryUnits.find(([, size]) => retrySeconds > 2 * size)
  const [unit, size] = largest ?? ['second', 1]
  // Rounded up: who comes early is refused again.
  return inUnits.format(Math.ceil(retrySeconds / size), unit)
}

function isKnown(problems: ProblemWords, type: string): type is keyof ProblemWords {
  return Object.hasOwn(problems, type)
}
