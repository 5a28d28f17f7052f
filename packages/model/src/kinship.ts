import { hash } from 'node:crypto'
import { fold } from './fold.js'
import { itemIdOf } from './identity.js'
import type { NormalizedItem, Notice, Status } from './item.js'
import { type Signature, type Signed, signatureOf } from './signature.js'

/** What the index of kin keeps of an item: enough to tell which releases speak of each other. */
export interface Kin {
  id: string
  wire: string
  version: number
  status: Status
  issuer: string
  headline: string
  language: string
  published: string
  embargoUntil?: string
  story?: string
  flags: readonly string[]
  notice?: Notice
  source: string
  /** Comes through a private source: nobody else may learn of it. */
  private?: true
  complete: boolean
  contentHash: string
  signature: Signature
}

/** Flags of items that wait for a person: the dashboard shows them until they are settled. */
export const openFlags = [
  'correction-unlinked',
  'disregard-unlinked',
  'embargo-unreadable',
] as const

type Kindred = Signed &
  Pick<
    NormalizedItem,
    | 'id'
    | 'wire'
    | 'version'
    | 'status'
    | 'language'
    | 'published'
    | 'embargoUntil'
    | 'story'
    | 'flags'
    | 'notice'
    | 'source'
    | 'rights'
    | 'precedence'
  >

export function kinOf(item: Kindred): Kin {
  const { id, wire, version, status, headline, language, published, flags, source } = item
  const { embargoUntil, story, notice } = item
  return {
    id,
    wire,
    version,
    status,
    issuer: item.issuer.name,
    headline,
    language,
    published,
    flags,
    source,
    complete: item.body.complete,
    contentHash: item.precedence.contentHash,
    signature: signatureOf(item),
    ...(embargoUntil === undefined ? {} : { embargoUntil }),
    ...(story === undefined ? {} : { story }),
    ...(notice === undefined ? {} : { notice }),
    ...(item.rights === 'private' ? { private: true } : {}),
  }
}

const legalForms = [
  'ag|se|kg|kgaa|ohg|ug|gbr|mbh|gmbh|ggmbh|e v|ev|eg|e u|co|company|cie|inc|incorporated|corp|corporation',
  'ltd|limited|llc|l l c|llp|lp|plc|pty|pte|pvt|private|bhd|sdn|sa|s a|sas|sarl|s a r l|sagl|spa|s p a|srl|s r l',
  'sl|s l|slu|sau|s a u|sa de cv|s a de c v|nv|n v|bv|b v|ab|asa|as|a s|aps|oy|oyj|kk|k k|jsc|pjsc|the|und|and|et',
].join('|')
const legalEnd = new RegExp(`(?: (?:${legalForms}))+$`, 'u')

/** An issuer without accents, case and legal form: `Müller & Co. KG` and `Mueller`… stay apart. */
export function issuerKeyOf(name: string): string {
  const whole = fold(name).replace(/^the (?=.)/u, '')
  return whole.replace(legalEnd, '')
}

/** `same`, or `part` where one name begins with all words of the other. */
export function issuerRelation(a: string, b: string): 'same' | 'part' | 'none' {
  const [one, other] = [issuerKeyOf(a), issuerKeyOf(b)]
  if (one === '' || other === '') return 'none'
  if (one === other) return 'same'
  return other.startsWith(`${one} `) || one.startsWith(`${other} `) ? 'part' : 'none'
}

const officeCode =
  /^(?:POL|BPOLI?D?|FW|HZA|THW|LKA|ZOLL|DRK)(?:-[\p{L}0-9]{1,20})*(?: [A-ZÄÖÜ0-9]{1,6})?:\s+/u
const titleTail = /\s*(?:\((?:FOTO|AUDIO|VIDEO|BILD|PHOTO)\)|\.\.\.|…)\s*$/iu

/** A title as it is compared: without an office's code and without `(FOTO)`. */
export function titleKeyOf(title: string): string {
  return fold(title.replace(officeCode, '').replace(titleTail, '').replace(titleTail, ''))
}

/** 0 to 1: Dice over letter triples and over words. Other numbers in it make another title. */
export function titleSimilarity(a: string, b: string): number {
  const [one, other] = [titleKeyOf(a), titleKeyOf(b)]
  if (one === '' || other === '') return 0
  if (one === other) return 1
  const score = (dice(triplesOf(one), triplesOf(other)) + dice(wordsOf(one), wordsOf(other))) / 2
  return numbersIn(one) === numbersIn(other) ? score : Math.min(score, differentNumbersMax)
}

const differentNumbersMax = 0.5

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const part of a) if (b.has(part)) shared += 1
  return (2 * shared) / (a.size + b.size)
}

function triplesOf(text: string): Set<string> {
  const padded = ` ${text} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}

function wordsOf(text: string): Set<string> {
  return new Set(text.split(' '))
}

function numbersIn(text: string): string {
  return (text.match(/\d+/g) ?? []).toSorted().join(' ')
}

const titleWords = 4

/** Tokens under which the index finds an item; hashed, since an index must hold no words. */
export function kinTokensOf(kin: Kin): string[] {
  const { issuer, headline, notice, flags, wire } = kin
  const own = [...issuerTokens('', issuer), ...titleTokens('', headline)]
  const isOpen = notice !== undefined && flags.some((flag) => flag.endsWith('-unlinked'))
  if (!isOpen) return own
  const ids = notice.ids.map((id) => token('open-id', itemIdOf(wire, id)))
  const issuers = issuerTokens('open-', notice.issuer ?? issuer)
  return [...own, ...issuers, ...titleTokens('open-', notice.title ?? ''), ...ids]
}

/** What finds the releases of an issuer, and those whose title begins or ends alike. */
export function lookupTokens(wanted: { issuer?: string; title?: string }): string[] {
  return [...issuerLookup('', wanted.issuer ?? ''), ...titleTokens('', wanted.title ?? '')]
}

/** What finds the notices that still seek a release like this one. */
export function openLookupTokens(item: { id: string; issuer: string; headline: string }): string[] {
  const { id, issuer, headline } = item
  const id_ = token('open-id', id)
  return [id_, ...issuerLookup('open-', issuer), ...titleTokens('open-', headline)]
}

function issuerTokens(prefix: string, issuer: string): string[] {
  const key = issuerKeyOf(issuer)
  if (key === '') return []
  return [
    token(`${prefix}issuer`, key),
    ...beginnings(key).map((part) => token(`${prefix}begins`, part)),
  ]
}

function issuerLookup(prefix: string, issuer: string): string[] {
  const key = issuerKeyOf(issuer)
  if (key === '') return []
  const shorter = beginnings(key).map((part) => token(`${prefix}issuer`, part))
  return [token(`${prefix}issuer`, key), token(`${prefix}begins`, key), ...shorter]
}

/** The first word and the first two, where more follow. */
function beginnings(key: string): string[] {
  const words = key.split(' ')
  return [1, 2]
    .filter((count) => count < words.length)
    .map((count) => words.slice(0, count).join(' '))
}

function titleTokens(prefix: string, title: string): string[] {
  const words = titleKeyOf(title).split(' ')
  if (words.length < 2) return []
  const ends = [words.slice(0, titleWords), words.slice(-titleWords)]
  return [...new Set(ends.map((some, at) => token(`${prefix}title-${at}`, some.join(' '))))]
}

const tokenChars = 10

function token(kind: string, text: string): string {
  return hash('sha256', `${kind}:${text}`, 'base64url').slice(0, tokenChars)
}
