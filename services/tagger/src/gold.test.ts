import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { languages } from './languages.js'
import { tag } from './tag.js'
import { taggable } from './testing.js'
import { branchOf } from './topics/topic.js'
import { loadVocabulary } from './vocabulary.js'

const vocabulary = loadVocabulary()

interface Gold {
  readonly headline: string
  readonly dateline: string | undefined
  readonly text: string
  readonly regions: readonly string[]
  readonly topics: readonly string[]
}

/** Below this the tagger has become worse: F1 over the releases of one language. */
const floors = { countries: 0.93, regions: 0.88, topics: 0.93, main: 0.95 } as const

function readGold(language: string): Gold[] {
  const file = readFileSync(new URL(`fixtures/gold/${language}.txt`, import.meta.url), 'utf8')
  return file
    .split(/^== /m)
    .slice(1)
    .map((part) => {
      const [codes = '', headline = '', dateline = '', ...text] = part.trim().split('\n')
      const [regions = '', topics = ''] = codes.split('|')
      return {
        ...{ headline, dateline: dateline === '-' ? undefined : dateline, text: text.join('\n') },
        regions: regions.trim() === '-' ? [] : regions.trim().split(' '),
        topics: topics.trim().split(' '),
      }
    })
}

function found(gold: Gold, language: string) {
  const { headline, dateline, text } = gold
  const place = dateline === undefined ? {} : { dateline }
  const { tags } = tag(taggable({ headline, text, language, ...place }), vocabulary)
  const keys = new Map(vocabulary.topics.branches.map(({ code, key }) => [code, key]))
  const topics = tags.filter(({ scheme }) => scheme === 'medtop').map(branchOf)
  const regions = tags.filter(({ scheme }) => !['medtop', 'lang', 'm49'].includes(scheme))
  return {
    regions: regions.map(({ code }) => code),
    topics: [...new Set(topics)].map((code) => keys.get(code) ?? code),
  }
}

interface Counts {
  right: number
  found: number
  gold: number
}

const none = (): Counts => ({ right: 0, found: 0, gold: 0 })

function count(counts: Counts, given: readonly string[], gold: readonly string[]): void {
  counts.right += given.filter((code) => gold.includes(code)).length
  counts.found += given.length
  counts.gold += gold.length
}

function f1({ right, found, gold }: Counts): number {
  return (2 * right) / (found + gold)
}

const isCountry = (code: string) => /^[A-Z]{2}$/.test(code)

test.each(languages)(
  '%s: fifteen releases of our own get the tags that a person gave them',
  (language) => {
    const [countries, regions, topics] = [none(), none(), none()]
    let main = 0
    const wrong: string[] = []
    const all = readGold(language)
    for (const gold of all) {
      const given = found(gold, language)
      count(countries, given.regions.filter(isCountry), gold.regions.filter(isCountry))
      count(regions, given.regions, gold.regions)
      count(topics, given.topics, gold.topics)
      main += Number(given.topics[0] === gold.topics[0])
      const isSame =
        given.regions.every((code) => gold.regions.includes(code)) &&
        gold.regions.every((code) => given.regions.includes(code)) &&
        given.topics[0] === gold.topics[0]
      if (!isSame)
        wrong.push(`${gold.headline}: ${given.regions.join(' ')} | ${given.topics.join(' ')}`)
    }
    const figures = {
      countries: f1(countries),
      regions: f1(regions),
      topics: f1(topics),
      main: main / all.length,
    }
    const shown = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(2)}`)
    process.stdout.write(`gold ${language}, F1: ${shown.join(', ')}\n`)
    expect(all.length).toBeGreaterThanOrEqual(15)
    for (const name of Object.keys(floors) as (keyof typeof floors)[]) {
      expect(figures[name], `${name}\n${wrong.join('\n')}`).toBeGreaterThanOrEqual(floors[name])
    }
  },
)
