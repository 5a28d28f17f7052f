import { describe, expect, test } from 'vitest'
import { chanceFrom } from './chance.js'
import { moodAt } from './mood.js'
import { makeRelease } from './release.js'
import { type Act, createScript } from './script.js'
import { languages, phrasebooks } from './words/index.js'

const noon = new Date('2026-11-26T12:00:00Z')

function played(seed: number, beats: number): readonly Act[] {
  const script = createScript(chanceFrom(seed))
  return Array.from({ length: beats }, () => script.next(noon)).flat()
}

const versionOf = (act: Act) => ('version' in act ? act.version : 1)
const isOfALife = (act: Act) => act.kind === 'release' || 'version' in act
const numberOf = (act: Act) => ('release' in act ? act.release.number : act.number)

describe('the script', () => {
  test('shows all that can happen within ten beats, in five languages', () => {
    const acts = played(1, 10)
    expect(new Set(acts.map(({ kind }) => kind))).toEqual(
      new Set([
        ...['release', 'feed-entry', 'embargo', 'correction', 'update', 'withdrawal', 'broken'],
      ]),
    )
    const seen = acts.flatMap((act) => ('release' in act ? [act.release.language] : []))
    expect(new Set(seen)).toEqual(new Set(languages))
  })

  test('brings one new release with each beat, for ever', () => {
    const fresh = played(2, 500).filter(({ kind }) =>
      ['release', 'feed-entry', 'embargo'].includes(kind),
    )
    expect(fresh).toHaveLength(500)
  })

  test('changes only what came out, in versions one by one, and nothing that was withdrawn', () => {
    const lives = new Map<number, Act[]>()
    for (const act of played(3, 1_000).filter(isOfALife)) {
      lives.set(numberOf(act), [...(lives.get(numberOf(act)) ?? []), act])
    }
    for (const life of lives.values()) {
      expect(life.map(versionOf)).toEqual(life.map((_, index) => index + 1))
      expect(life.slice(0, -1).map(({ kind }) => kind)).not.toContain('withdrawal')
    }
  })

  test('is the same again from the same seed', () => {
    const told = (seed: number) =>
      played(seed, 40).map((act) => ('release' in act ? act.release.headline : act.number))
    expect(told(5)).toEqual(told(5))
    expect(told(5)).not.toEqual(told(6))
  })
})

test.each(languages)('a release (%s) fills all of its slots, in every version', (language) => {
  const chance = chanceFrom(9)
  for (let number = 1; number <= 200; number += 1) {
    const release = makeRelease({ chance, number, language, published: noon })
    const texts = [release.headline, ...release.textOf(1), ...release.textOf(2)]
    expect(texts.join('\n')).not.toMatch(/[{}]| {2}|undefined/)
    expect(release.textOf(2)).not.toEqual(release.textOf(1))
  }
})

test('every language has the same kinds of releases', () => {
  const counts = languages.map((language) => phrasebooks[language].subjects.length)
  expect(new Set(counts)).toEqual(new Set([8]))
})

test('the failing desk breaks, drags, comes back and breaks again', () => {
  const moods = [0, 19_999, 20_000, 35_000, 74_999, 75_000].map(moodAt)
  expect(moods).toEqual(['broken', 'broken', 'slow', 'well', 'well', 'broken'])
})
