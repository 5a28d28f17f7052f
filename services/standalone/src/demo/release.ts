import type { Chance } from './chance.js'
import { issuerNames, type Language, people, phrasebooks, places } from './words/index.js'

/** A release of the demo before anything happens to it. */
export interface Release {
  /** 1, 2, …; the wire's own id. */
  readonly number: number
  /** The domain of a wire that does not exist (RFC 2606): `north.example`. */
  readonly wire: Wire
  readonly language: Language
  readonly issuer: string
  readonly headline: string
  readonly published: Date
  /** Of each version, what its text says. */
  textOf(version: number): readonly string[]
}

export const wires = ['north.example', 'south.example'] as const
export type Wire = (typeof wires)[number]

export interface ReleaseOptions {
  readonly chance: Chance
  readonly number: number
  readonly language: Language
  readonly published: Date
}

const countMin = 1_200
const countsBelow = 80_000
const monthsMin = 6
const monthsBelow = 30

/** One made of our own words, with a dateline of a real place. */
export function makeRelease({ chance, number, language, published }: ReleaseOptions): Release {
  const book = phrasebooks[language]
  const subject = chance.pick(book.subjects)
  const { city, country } = chance.pick(places)
  const name = `${chance.pick(issuerNames)} ${subject.field}`
  const issuer = `${name} ${chance.pick(book.legalForms)}`
  const count = countMin + chance.below(countsBelow)
  const slots = {
    ...{ issuer, city, country: country[language], person: chance.pick(people) },
    months: String(monthsMin + chance.below(monthsBelow)),
  }
  const quote = chance.pick(book.quotes)
  const figure = (version: number) => figureOf(count + (version - 1) * 110, language)
  return {
    ...{ number, language, issuer, published, wire: chance.pick(wires) },
    headline: filled(subject.headline, { ...slots, issuer: name, count: figure(1) }),
    textOf(version) {
      const values = { ...slots, count: figure(version), before: figure(version - 1) }
      const dateline = `${city}, ${dayOf(published, language)} – `
      return [
        dateline + filled(subject.lead, values),
        filled(subject.detail, values),
        filled(quote, values),
        ...(version > 1 ? [filled(book.corrected, values)] : []),
      ]
    },
  }
}

/** The name that stays through all versions (RFC 4151). */
export function uriOf({ wire, number, published }: Release, domain: string = wire): string {
  return `tag:${domain},${published.getUTCFullYear()}:${number}`
}

export function pageOf({ wire, number }: Release): string {
  return `https://${wire}/releases/${number}`
}

function filled(text: string, slots: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '')
}

function figureOf(count: number, language: Language): string {
  return new Intl.NumberFormat(language, { useGrouping: 'always' }).format(count)
}

/** As a dateline has it: `26. November 2026`, `November 26, 2026`, `26 noviembre 2026`. */
function dayOf(day: Date, language: Language): string {
  const written = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  const text = written.format(day)
  if (language === 'fr') return `le ${text}`
  return language === 'es' ? text.replaceAll(' de ', ' ') : text
}
