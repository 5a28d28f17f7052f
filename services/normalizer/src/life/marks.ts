import type { Notice } from '@newswire/model'
import { defined } from '../defined.js'
import { readDate } from '../time/dates.js'
import { leadForms, type NoticeForm, noticeHint, searchEnds, titleForms } from './notice-forms.js'

/** What a text says about its own place in the life of a release. */
export interface LifeMarks {
  /** It replaces what another release said. */
  isCorrection: boolean
  /** It asks to disregard another release. */
  isDisregard: boolean
  /** The issuer that a `/C O R R E C T I O N -- X/` title names. */
  issuer?: string
  /** What it names as that other release, in the words of the text: see `noticeOn`. */
  notice?: Notice
}

/** A notice's day in the words of the text: `earlier today`. */
export const sameDay = 'today'

/** A notice of PR Newswire about one of its own releases names the wire in a fixed turn. */
const prnNotice = /, issued .{1,200}? over PR ?Newswire\b/su
const headChars = 1_200
const titleChars = 600

/** Whether the text is PR Newswire's own notice about a release. */
export function isPrNewswireNotice(lead: string): boolean {
  const head = lead.slice(0, headChars)
  return prnNotice.test(head) && leadForms.some(({ form }) => form.test(head))
}

const noMarks: LifeMarks = { isCorrection: false, isDisregard: false }

/** Reads the marks of title and lead; both are plain text. */
export function lifeMarksOf(headline: string, lead: string): LifeMarks {
  const [head, opening] = [headline.slice(0, titleChars), lead.slice(0, headChars)]
  if (!noticeHint.test(head) && !noticeHint.test(opening)) return noMarks
  const title = firstFit(titleForms, head.trim())
  const said = firstFit(leadForms, opening.trim())
  const isSearchEnd = title?.kind === 'withdrawal' && !endsSearch(title, lead)
  const marks = isSearchEnd ? [said] : [said, title]
  const found = marks.filter((one) => one !== undefined)
  const kind = found.some((one) => one.kind === 'withdrawal') ? 'withdrawal' : found[0]?.kind
  if (kind === undefined) return noMarks
  const issuer = title?.issuer
  return {
    isCorrection: kind === 'correction' && found.some(({ isUpdate }) => !isUpdate),
    isDisregard: kind === 'withdrawal',
    ...defined({ issuer }),
    notice: noticeFrom(kind, found),
  }
}

interface Fit extends Pick<NoticeForm, 'kind' | 'isUpdate'> {
  issuer?: string
  title?: string
  when?: string
  id?: string
  isSearch: boolean
}

function firstFit(forms: readonly NoticeForm[], text: string): Fit | undefined {
  for (const { kind, form, isUpdate } of forms) {
    const match = form.exec(text)
    if (match === null) continue
    const { issuer, title, title2, when, id, id2 } = match.groups ?? {}
    const isSearch = /fahndung|Vermisstensuche/iu.test(match[0])
    return {
      kind,
      isSearch,
      ...defined({
        isUpdate,
        issuer: filled(issuer),
        title: filled(title ?? (title2 && `${title2} ...`)),
        when: filled(when),
        id: id ?? id2,
      }),
    }
  }
  return undefined
}

/** A title that ends a search of the police takes nothing back unless the text says so. */
function endsSearch(title: Fit, lead: string): boolean {
  return !title.isSearch || searchEnds.some((form) => form.test(lead.slice(0, headChars)))
}

/** The lead says more than the title, and goes first. */
function noticeFrom(kind: Notice['kind'], fits: readonly Fit[]): Notice {
  const first = <K extends 'issuer' | 'title' | 'when' | 'id'>(key: K) =>
    fits.map((fit) => fit[key]).find((value) => value !== undefined)
  const id = first('id')
  const when = first('when')
  return {
    kind,
    ids: id === undefined ? [] : [id],
    ...defined({ title: first('title'), issuer: first('issuer'), date: when && dayIn(when) }),
  }
}

const dayForm =
  /\d{1,2}(?:\.|er)?[ -](?:de )?\p{L}{3,10}\.?[ -](?:de )?\d{4}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\p{L}{3,9}\.? \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2}/u
const sameDayForm = /\b(?:today|heutigen?|heute|hoy|oggi)\b|\baujourd/iu

function dayIn(text: string): string | undefined {
  if (sameDayForm.test(text)) return sameDay
  const ms = readDate(dayForm.exec(text)?.[0] ?? '', 'UTC')?.ms
  return ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 10)
}

function filled(text: string | undefined): string | undefined {
  const trimmed = text?.replace(/\s+/g, ' ').replace(/^[\s"„“«]+|[\s"”“»]+$/gu, '')
  return trimmed === '' ? undefined : trimmed
}

const prefaceEnd =
  /\b(?:Complete,? corrected release follows|La version complète et corrigée suit)\s*:?$/iu

/** Whether the paragraph is the preface after which the corrected release follows whole. */
export function isCorrectionPreface(paragraph: string): boolean {
  return prefaceEnd.test(paragraph.trim())
}
