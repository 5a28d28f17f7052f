import { type Chance, chanceFrom } from '@newswire/kit'
import { type Tag, type TaggedItem, uriOf } from '@newswire/model'
import { loadCodes } from '@newswire/vocabulary'

/** Characters of an item's text: a release has about 4 kB. */
const textCharsMin = 3_800
const wordCount = 20_000
const issuerCount = 4_000
const sentenceWords = 14

/** Countries with the areas around them, nearest first; the first ones have most of the news. */
const countries: readonly (readonly [code: string, broader: readonly string[]])[] = [
  ...areas('DE AT CH FR NL BE LU LI MC', ['155', '150', '001']),
  ...areas('US CA BM GL PM', ['021', '003', '019', '001']),
  ...areas('GB IE DK SE NO FI IS EE LV LT', ['154', '150', '001']),
  ...areas('CN JP KR HK TW MN MO KP', ['030', '142', '001']),
  ...areas('IT ES PT GR HR SI RS MT AD SM VA AL BA ME MK', ['039', '150', '001']),
  ...areas('PL CZ HU RO BG SK UA MD RU BY', ['151', '150', '001']),
  ...areas('IN PK BD LK NP IR AF BT MV', ['034', '142', '001']),
  ...areas('SG MY TH ID VN PH KH LA MM BN TL', ['035', '142', '001']),
  ...areas('BR AR CL CO PE EC UY PY BO VE GY SR', ['005', '419', '019', '001']),
  ...areas('MX GT CR PA HN NI SV BZ', ['013', '419', '019', '001']),
  ...areas('TR AE SA IL QA KW OM BH JO LB IQ YE SY GE AM AZ CY', ['145', '142', '001']),
  ...areas('NG GH SN CI ML BF NE TG BJ LR SL GM GN', ['011', '202', '002', '001']),
  ...areas('KE ET TZ UG RW ZM ZW MZ MG MU SC SO DJ', ['014', '202', '002', '001']),
  ...areas('EG MA DZ TN LY SD', ['015', '002', '001']),
  ...areas('AU NZ', ['053', '009', '001']),
]

function areas(codes: string, broader: readonly string[]) {
  return codes.split(' ').map((code) => [code, broader] as const)
}

const languages = ['de', 'de', 'de', 'en', 'en', 'en', 'fr', 'it', 'es'] as const
const wires = ['na', 'na', 'prn', 'prn', 'push'] as const
/** Feeds refuse codes that there are not: in the order of codes, which mixes the branches. */
const topicRows = [...loadCodes().lookup('topic').rows].sort((a, b) => (a.code < b.code ? -1 : 1))
const branches = topicRows.filter(({ broader }) => broader.length === 0).map(({ code }) => code)
const topicCount = 900
const topics = topicRows.filter(({ broader }) => broader.length > 0).slice(0, topicCount)

/** Early ones far more often: news is about few countries, and of few words. */
function early(chance: Chance, count: number): number {
  const share = (chance.below(1_000_000) + 1) / 1_000_000
  return Math.min(count - 1, Math.floor(count ** share) - 1)
}

const syllables =
  'ka lo mi ru te wan der stel fo gra bi nu ser tal om pe chi vo zen dra li mon ek sa'.split(' ')

/** The n-th word of a language that has no meaning and all the repetition of a real one. */
function word(n: number): string {
  let [rest, made] = [n + syllables.length, '']
  for (; rest > 0; rest = Math.floor(rest / syllables.length)) {
    made += syllables[rest % syllables.length]
  }
  return made
}
const words = Array.from({ length: wordCount }, (_, n) => word(n))

/** Item number n of a wire that never ends: 4 kB of text, some twenty facets; always the same. */
export function publicItem(n: number): TaggedItem {
  const chance = chanceFrom(n * 7_919 + 17)
  const id = `bench-${n}`
  const text = paragraphs(chance)
  const issuer = `Muster Werke ${early(chance, issuerCount)}`
  const language = chance.pick(languages)
  const wire = chance.pick(wires)
  const at = new Date(Date.UTC(2020, 0, 1) + n * 60_000).toISOString()
  const rawSequence = n + 1
  const contentHash = `hash-${n}`
  return {
    ...{ id, uri: uriOf(id), wire, version: 1, change: 'new', status: 'usable' },
    headline: `${issuer}: ${chance.pick(sentences).slice(0, 70)}`,
    body: { html: `<p>${text.join('</p><p>')}</p>`, text: text.join('\n\n'), complete: true },
    language,
    issuer: { name: issuer },
    credit: `Original-Content von: ${issuer}, übermittelt durch news aktuell`,
    ...{ tickers: [], links: [], media: [], sourceCodes: [], flags: [] },
    ...{ published: at, updated: at, received: at },
    ...{ source: wire, rights: 'full', tagging: 1, vocabulary: 'bench' },
    precedence: { rawSequence, contentHash },
    lineage: [{ version: 1, rawSequence, contentHash }],
    tags: [...regionsOf(chance), ...topicsOf(chance), tag('lang', language, [])],
  }
}

/** Made once: a million items are to cost the bench little. */
const sentenceCount = 20_000
const sentences = ((chance: Chance) =>
  Array.from({ length: sentenceCount }, () => sentence(chance)))(chanceFrom(1))

function paragraphs(chance: Chance): string[] {
  const made: string[] = []
  for (let chars = 0; chars < textCharsMin; ) {
    const paragraph = Array.from({ length: 4 }, () => chance.pick(sentences)).join(' ')
    made.push(paragraph)
    chars += paragraph.length
  }
  return made
}

function sentence(chance: Chance): string {
  const made = Array.from({ length: sentenceWords }, () => words[early(chance, wordCount)])
  return `${made.join(' ')}.`
}

function regionsOf(chance: Chance): Tag[] {
  const picked = new Set(Array.from({ length: 3 }, () => early(chance, countries.length)))
  return [...picked].flatMap((n) => {
    const [country, broader] = countries[n] ?? ['DE', []]
    const part = `${country}-${String.fromCharCode(65 + chance.below(8))}`
    const own = tag('iso3166-1', country, broader)
    return chance.is(0.3) ? [own, tag('iso3166-2', part, [country, ...broader])] : [own]
  })
}

function topicsOf(chance: Chance): Tag[] {
  const picked = new Set(Array.from({ length: 4 }, () => early(chance, topicCount)))
  return [...picked].flatMap((n) => {
    const topic = topics[n]
    return topic ? [tag('medtop', topic.code, topic.broader)] : []
  })
}

function tag(scheme: Tag['scheme'], code: string, broader: readonly string[]): Tag {
  const text = `${code} steht hier`
  const evidence = [{ field: 'text' as const, start: 10, end: 10 + text.length, text }]
  const [label, how] = [`Schlagwort ${code}`, 'gazetteer' as const]
  return { scheme, code, label, score: 0.8, primary: false, how, evidence, broader: [...broader] }
}

/** So many different filters as an address may say them; the same seed asks the same ones. */
export function* someFilters(seed: number): Generator<Record<string, unknown>> {
  const chance = chanceFrom(seed)
  const region = () => countries[early(chance, countries.length)]?.[0] ?? 'DE'
  const topic = () => topics[early(chance, topics.length)]?.code ?? ''
  const makers: readonly (() => Record<string, unknown>)[] = [
    () => ({ region: [region()] }),
    () => ({ region: [region(), region(), region()] }),
    () => ({ topic: [topic()] }),
    () => ({ region: [region()], topic: [topic()] }),
    () => ({ region: [region()], topic: [chance.pick(branches)], lang: [chance.pick(languages)] }),
    () => ({ issuer: [`muster-werke-${early(chance, issuerCount)}`] }),
    () => ({ source: [chance.pick(wires)], topic: [topic(), topic()] }),
    () => ({ q: [words[early(chance, wordCount)]] }),
    () => ({ q: [words[500 + chance.below(4_000)]], lang: [chance.pick(languages)] }),
    () => ({ q: [`${words[early(chance, 400)]} ${words[early(chance, 400)]}`] }),
    () => ({ region: [region()], q: [words[early(chance, 2_000)]] }),
    () => ({ lang: [chance.pick(languages)], not: { region: [region()], topic: [topic()] } }),
    () => ({ topic: [chance.pick(branches)], not: { lang: ['de'], region: [region(), region()] } }),
    () => ({ region: [region()], not: { q: [words[100 + early(chance, 2_000)]] } }),
  ]
  for (;;) yield chance.pick(makers)()
}
