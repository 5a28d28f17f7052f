import { expect, test } from 'vitest'
import { tag } from '../tag.js'
import { taggable } from '../testing.js'
import { loadVocabulary } from '../vocabulary.js'

const vocabulary = loadVocabulary()

interface News {
  readonly language: string
  readonly headline?: string
  readonly dateline?: string
  readonly text: string
  /** Countries and blocs, all of them; `*` marks what must be primary. */
  readonly expected: readonly string[]
}

function found({ text, language, headline = '', dateline }: News) {
  const place = dateline === undefined ? {} : { dateline }
  const { tags } = tag(taggable({ text, language, headline, ...place }), vocabulary)
  return tags.filter(({ scheme }) => scheme === 'iso3166-1' || scheme === 'bloc')
}

function expectNews(news: News): void {
  const tags = found(news)
  const plain = news.expected.map((code) => code.replace('*', ''))
  expect(tags.map(({ code }) => code).sort()).toEqual([...plain].sort())
  const primary = tags.filter((each) => each.primary).map(({ code }) => code)
  const wanted = news.expected.filter((code) => code.endsWith('*'))
  expect(primary).toEqual(expect.arrayContaining(wanted.map((code) => code.replace('*', ''))))
}

const english: readonly [string, Omit<News, 'language'>][] = [
  [
    'a headline in capitals names blocs and countries',
    {
      headline: 'OPEC CUTS OUTPUT AS U.K. DEMAND FALLS',
      dateline: 'VIENNA, March 3 -',
      text: 'Oil ministers agreed to lower output, Saudi Arabia said. Kuwait and Venezuela backed it.',
      expected: ['AT*', 'SA', 'KW', 'VE', 'GB', 'bloc:OPEC'],
    },
  ],
  [
    'a firm called like a faraway region lies where its dateline says',
    {
      headline: 'NORTHLAND SAVINGS <NLS> SETS DIVIDEND',
      dateline: 'ROCHESTER, N.Y., Feb 26 -',
      text: 'Northland Savings said its board declared a dividend of 12 cents a share.',
      expected: ['US*'],
    },
  ],
  [
    'a central bank and an adjective of old maps',
    {
      headline: 'BUNDESBANK LEAVES CREDIT POLICY UNCHANGED',
      dateline: 'FRANKFURT, March 5 -',
      text: 'The Bundesbank left its policies unchanged. West German money market rates were steady.',
      expected: ['DE*'],
    },
  ],
  [
    'police news of an English town',
    {
      text: 'A man missing from Reading was found in Slough. Councillors in the borough praised the constabulary in Suffolk.',
      expected: ['GB*'],
    },
  ],
  [
    'an American small-town paper that calls its towns like countries and capitals',
    {
      text: 'The Athens City Council and the county sheriff met. Sophomore students from Paris and Dublin came, and a Lebanon man was honored by the township.',
      expected: ['US*'],
    },
  ],
  [
    'the same names in news of the world',
    {
      text: 'Ministers from Lebanon and Greece met in Paris before they went on to Athens and Dublin.',
      expected: ['LB', 'GR*', 'FR*', 'IE*'],
    },
  ],
  [
    'the words of one country in a text that looks abroad',
    {
      text: 'The county sheriff of the township met envoys from Syria, Cyprus and Egypt in Athens.',
      expected: ['SY', 'CY', 'EG', 'GR'],
    },
  ],
  [
    'buildings that stand for a government',
    {
      text: 'The Kremlin and the White House spoke of a truce. Downing Street welcomed it.',
      expected: ['RU*', 'US*', 'GB*'],
    },
  ],
  [
    'illnesses and rivers that are named after towns',
    {
      text: 'The Marburg virus and Lassa fever are rare. The Sacramento River is as long as the outbreak in Uganda.',
      expected: ['UG*'],
    },
  ],
  [
    'birds are no country',
    { text: 'Turkeys and chickens were culled on two farms.', expected: [] },
  ],
  [
    'surnames that are peoples and countries',
    {
      text: 'Steve French and Anne Ireland run the shop. French said the roof leaks. French will pay, and French knows it.',
      expected: [],
    },
  ],
]

const german: readonly [string, Omit<News, 'language'>][] = [
  [
    'parties and parliaments of Germany',
    {
      headline: 'Streit über den Haushalt',
      text: 'Die Fraktionen von SPD und CDU im Bundestag haben sich nicht geeinigt.',
      expected: ['DE*'],
    },
  ],
  [
    'a parliament that only one country calls so',
    { text: 'Der Bundestag berät nächste Woche.', expected: ['DE*'] },
  ],
  [
    'a language is no country',
    { text: 'Sie lernt Deutsch, er spricht Deutsch, alle singen auf Englisch.', expected: [] },
  ],
  [
    'parties of Austria',
    {
      headline: 'Paket zu den Pensionen',
      text: 'ÖVP und SPÖ haben sich geeinigt. Die Landeshauptleute warten ab.',
      expected: ['AT*'],
    },
  ],
  [
    'nouns, first names and surnames that are towns somewhere',
    {
      headline: 'Andreas Diana gewinnt',
      text: 'Diana Leon und Andreas Ende haben gewonnen. Dabei war keiner in der Lage, den Regen zu meiden. Essen gab es genug, die Basis der Reform steht, und im Sommer wird Baden zur Lust. Max Fischer, Julia Paris und Paul London kamen auf Deutsch ins Gespräch.',
      expected: [],
    },
  ],
  [
    'shares, stock exchanges and banks',
    {
      headline: 'Dax schließt fester',
      text: 'Frankfurt/Main (dpa) - Der Dax hat zugelegt. An der Wall Street ging es bergauf, der Nikkei in Tokio verlor. Bayer, Linde und Merck gewannen, die Intesa Sanpaolo fiel.',
      expected: ['DE*', 'US', 'JP'],
    },
  ],
  [
    'compounds and adjectives',
    {
      headline: 'Beben erschüttert Nordostjapan',
      text: 'Die Küste Nordostjapans hat gebebt. Südkoreanische Forscher und südkoreanische Sender berichten. Das Chinageschäft leidet kaum.',
      expected: ['JP*', 'KR', 'CN'],
    },
  ],
  [
    'cantons and Swiss police',
    {
      text: 'Die Kantonspolizei Bern hat im Berner Oberland zwei Wanderer geborgen.',
      expected: ['CH*'],
    },
  ],
]

const romance: readonly [string, News][] = [
  [
    'French: capitals of Africa and a bloc as the press writes it',
    {
      language: 'fr',
      text: 'Le président malien est arrivé à Dakar, où il a rencontré son homologue sénégalais. Le président malien a parlé du Burkina Faso. La Cédéao était représentée, l’Otan non.',
      expected: ['SN*', 'ML*', 'BF', 'bloc:ECOWAS', 'bloc:NATO'],
    },
  ],
  [
    'French: a town that is a first name, where places stand',
    { language: 'fr', text: 'Il vit à Nancy.', expected: ['FR*'] },
  ],
  [
    'French: a person whose first name is a town far away',
    { language: 'fr', text: 'Le conseiller de George W. Bush publie un livre.', expected: [] },
  ],
  [
    'Italian: palaces that stand for a government, a number that is no bloc',
    {
      language: 'it',
      text: 'Il ministro ha parlato a Palazzo Chigi con uno dei sindaci. Bankitalia e Confindustria restano caute. Uno solo ha detto no.',
      expected: ['IT*'],
    },
  ],
  [
    'Italian: exonyms',
    {
      language: 'it',
      headline: 'Terremoto in Cile',
      text: 'Una scossa ha colpito il nord del Cile, vicino ad Antofagasta. Da Monaco di Baviera e da Lione arrivano aiuti.',
      expected: ['CL*', 'DE', 'FR'],
    },
  ],
  [
    'Spanish: parliament and regions',
    {
      language: 'es',
      text: 'El Congreso de los Diputados votará las ayudas para Castilla-La Mancha. La Moncloa espera.',
      expected: ['ES*'],
    },
  ],
  [
    'Spanish: neighbours and their bloc',
    {
      language: 'es',
      dateline: 'Buenos Aires',
      text: 'El gobierno argentino negocia con Brasil, Chile y Uruguay, igual que el Mercosur.',
      expected: ['AR*', 'BR', 'CL', 'UY', 'bloc:MERCOSUR'],
    },
  ],
]

test.each(english)('English: %s', (_, news) => expectNews({ language: 'en', ...news }))
test.each(german)('German: %s', (_, news) => expectNews({ language: 'de', ...news }))
test.each(romance)('%s', (_, news) => expectNews(news))

test.each([
  ['Das Weiße Haus, the White House, schwieg.', ['US']],
  ['Dänemark spielt mit. Kalundborg siegte.', ['DK']],
  ['Dänemark spielt mit. In Kalundborg siegte es.', ['DK', 'DK-85']],
  ['In Deutschland ist die Lage ernst. Die Löhne steigen.', ['DE']],
])('a small town in a German text needs a cue beside it: %s', (text, expected) => {
  const { tags } = tag(taggable({ text, language: 'de' }), vocabulary)
  const codes = tags.filter(({ scheme }) => scheme.startsWith('iso')).map(({ code }) => code)
  expect(codes.sort()).toEqual(expected)
})

test('ancestors are whole and nearest first', () => {
  const broaderOf = (code: string) => vocabulary.gazetteer.regions.get(code)?.broader
  expect(broaderOf('DE-BY')).toEqual(['DE', '155', '150', '001'])
  expect(broaderOf('FR-01')).toEqual(['FR-ARA', 'FR', '155', '150', '001'])
  expect(broaderOf('CN')).toEqual(['030', '142', '001'])
  expect(broaderOf('bloc:EU')).toEqual([])
})

test('blocs have labels in five languages', () => {
  const { labels } = vocabulary.gazetteer.regions.get('bloc:AU') ?? {}
  expect(labels).toEqual({
    de: 'Afrikanische Union',
    en: 'African Union',
    fr: 'Union africaine',
    it: 'Unione africana',
    es: 'Unión Africana',
  })
})
