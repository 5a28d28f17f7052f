import { expect, test } from 'vitest'
import { tag } from './tag.js'
import { taggable } from './testing.js'
import { loadVocabulary } from './vocabulary.js'

const vocabulary = loadVocabulary()

interface Golden {
  readonly of: string
  readonly headline: string
  readonly dateline?: string
  readonly text: string
  readonly language: string
  /** Region codes, all of them; `*` marks what must be primary. */
  readonly regions: readonly string[]
  /** Topics by their first two digits, heaviest first. */
  readonly topics: readonly string[]
}

const goldens: readonly Golden[] = [
  {
    of: 'a German company release with an English firm name',
    headline: 'Nordlicht Maschinenbau AG steigert Umsatz im dritten Quartal',
    dateline: 'Hamburg (ots)',
    text: 'Die Nordlicht Maschinenbau AG hat ihren Umsatz um zwölf Prozent gesteigert. Der Vorstandsvorsitzende rechnet im Geschäftsjahr mit einer höheren Dividende für die Aktionäre.',
    language: 'de',
    regions: ['DE*', 'DE-HH*'],
    topics: ['04'],
  },
  {
    of: 'German exonyms, genitives and adjectives of peoples',
    headline: 'Mailands Messe empfängt chinesische Aussteller',
    text: 'Erstmals kommen Gäste aus Peking nach Mailand. Italiens Wirtschaft und die chinesischen Unternehmen hoffen auf neue Exporte und Investitionen.',
    language: 'de',
    regions: ['CN*', 'CN-BJ', 'IT*', 'IT-25'],
    topics: ['04'],
  },
  {
    of: 'German compounds with a country',
    headline: 'Chinageschäft wächst weiter',
    text: 'Der Konzern baut sein Geschäft in Westchina aus. Auch die Deutschlandzentrale und die US-Tochter berichten von einem höheren Umsatz und mehr Gewinn.',
    language: 'de',
    regions: ['CN*', 'DE', 'US'],
    topics: ['04'],
  },
  {
    of: 'an Austrian ministry',
    headline: 'Nationalrat beschließt neues Pflegegesetz',
    dateline: 'Wien (OTS)',
    text: 'Der Nationalrat hat mit den Stimmen von ÖVP und Grünen das Gesetz beschlossen. Die Opposition im Parlament kritisiert die Regierung.',
    language: 'de',
    regions: ['AT*', 'AT-9*'],
    topics: ['11'],
  },
  {
    of: 'a Swiss hospital',
    headline: 'Spital in Bern eröffnet neue Krebsklinik',
    text: 'Patientinnen und Patienten mit Krebs erhalten im Spital in Bern künftig eine Therapie unter einem Dach. Ärzte aus dem Kanton Zürich sind beteiligt.',
    language: 'de',
    regions: ['CH*', 'CH-BE*', 'CH-ZH'],
    topics: ['07'],
  },
  {
    of: 'German words that are towns too',
    headline: 'Gutes Essen für Kinder',
    text: 'Das Essen in der Schule wird besser. In Essen kocht ein neuer Caterer für die Schüler, und die Lehrer freuen sich über gesundes Essen.',
    language: 'de',
    regions: ['DE*', 'DE-NW*'],
    topics: ['05'],
  },
  {
    of: 'first names that are towns elsewhere',
    headline: 'Andreas und Diana führen die Stiftung',
    text: 'Andreas Muster und Diana Beispiel leiten das Ehrenamt. Leon hilft den Senioren, und in der Bucht sammeln Freiwillige für die Spendenaktion.',
    language: 'de',
    regions: [],
    topics: ['14'],
  },
  {
    of: 'streets that are named after towns',
    headline: 'Unfall auf der Frankfurter Allee',
    text: 'Die Feuerwehr rückte zu einem schweren Verkehrsunfall am Pariser Platz aus. Die Polizei sucht Zeugen. Drei Verletzte kamen nach der Rettung ins Krankenhaus.',
    language: 'de',
    regions: [],
    topics: ['03'],
  },
  {
    of: 'a police report from Lower Saxony',
    headline: 'Einbrecher nach Fahndung festgenommen',
    dateline: 'Hannover (ots)',
    text: 'Die Polizei hat zwei Tatverdächtige nach einem Einbruch gestellt. Die Staatsanwaltschaft beantragte Haftbefehle.',
    language: 'de',
    regions: ['DE*', 'DE-NI*'],
    topics: ['02'],
  },
  {
    of: 'blocs that a German text names',
    headline: 'Gipfel der G20: EU und ASEAN sprechen über Handel',
    text: 'Beim Treffen der Staaten aus Südostasien betonte die Europäische Union den Freihandel. Die OPEC und die BRICS-Staaten schickten Vertreter ihrer Regierungen.',
    language: 'de',
    regions: ['bloc:EU*', 'bloc:ASEAN*', 'bloc:G20*', '035', 'bloc:OPEC', 'bloc:BRICS'],
    topics: ['11'],
  },
  {
    of: 'an American dateline with a state',
    headline: 'Example Robotics Opens New Plant',
    dateline: 'AUSTIN, Texas, Jan. 5, 2026 /PRNewswire/',
    text: 'Example Robotics, Inc. today announced the opening of a factory. The company expects revenue to grow and invites investors to its conference call on quarterly results.',
    language: 'en',
    regions: ['US*', 'US-TX*'],
    topics: ['04'],
  },
  {
    of: 'a town that another state shares with Europe',
    headline: 'Hospital network expands',
    dateline: 'PARIS, Texas, Jan. 5, 2026 /PRNewswire/',
    text: 'The hospital will treat more patients with cancer. Doctors and nurses welcome the new clinic.',
    language: 'en',
    regions: ['US*', 'US-TX*'],
    topics: ['07'],
  },
  {
    of: 'postal abbreviations',
    headline: 'Library wins education award',
    text: 'NEWARK, NJ and READING, PA - Students and teachers at both schools won a scholarship. The university praised the curriculum.',
    language: 'en',
    regions: ['US*', 'US-NJ*', 'US-PA'],
    topics: ['05'],
  },
  {
    of: 'the state of Georgia, not the country',
    headline: 'Peach growers report record harvest',
    dateline: 'ATLANTA, Jan. 5, 2026 /PRNewswire/',
    text: 'Growers across Georgia reported record sales to retailers. Exports to Canada drove revenue for the industry, the company said.',
    language: 'en',
    regions: ['US*', 'US-GA*', 'CA'],
    topics: ['04'],
  },
  {
    of: 'people called like countries',
    headline: 'Jordan Miller joins the board',
    text: 'Jordan Miller and Chad Brown join the board of directors of the bank. Shareholders of the company welcomed the new chief executive.',
    language: 'en',
    regions: [],
    topics: ['04'],
  },
  {
    of: 'capitals that shout no country',
    headline: 'JOIN US TODAY IN LONDON FOR THE BIG SHOW',
    text: 'The film festival opens in London. Actors and musicians from Ireland attend the concert at the theatre.',
    language: 'en',
    regions: ['GB*', 'GB-ENG*', 'IE'],
    topics: ['01'],
  },
  {
    of: 'an English research release',
    headline: 'Scientists in Cambridge build quantum sensor',
    text: 'Scientists at the laboratory in Cambridge in the United Kingdom built a quantum sensor. The research uses artificial intelligence software.',
    language: 'en',
    regions: ['GB*', 'GB-ENG*'],
    topics: ['13'],
  },
  {
    of: 'a French climate release',
    headline: 'Lyon accueille le sommet sur le changement climatique',
    dateline: 'Lyon',
    text: 'Les experts français et allemands débattent du réchauffement et de la biodiversité. La pollution de l’océan et les émissions de CO2 inquiètent la région.',
    language: 'fr',
    regions: ['FR*', 'FR-ARA'],
    topics: ['06'],
  },
  {
    of: 'French names of African countries and a bloc',
    headline: 'Le Sénégal et la Côte d’Ivoire signent un accord',
    text: 'Les ministres de Dakar et d’Abidjan saluent l’accord de la CEDEAO. Le gouvernement sénégalais et le parlement ivoirien doivent voter en Afrique de l’Ouest.',
    language: 'fr',
    regions: ['SN*', 'CI*', 'bloc:ECOWAS', '011', 'CI-AB', 'SN-DK'],
    topics: ['11'],
  },
  {
    of: 'a French sports release',
    headline: 'Coupe du monde de football : Nice prépare ses stades',
    text: 'Le sélectionneur et les joueurs de football s’entraînent à Nice. Les équipes visent la finale du tournoi en France.',
    language: 'fr',
    regions: ['FR*', 'FR-PAC'],
    topics: ['15'],
  },
  {
    of: 'an Italian finance release',
    headline: 'Fatturato in crescita per l’azienda di Torino',
    dateline: 'Torino',
    text: 'L’impresa italiana ha presentato il bilancio agli azionisti. Gli investimenti in Cina e nell’Unione Europea sostengono le esportazioni.',
    language: 'it',
    regions: ['IT*', 'IT-21*', 'CN', 'bloc:EU'],
    topics: ['04'],
  },
  {
    of: 'an Italian culture release',
    headline: 'La mostra apre a Firenze',
    text: 'Il museo di Firenze presenta una mostra di pittori spagnoli. Il regista e gli attori del teatro portano lo spettacolo in Lombardia.',
    language: 'it',
    regions: ['IT*', 'IT-52*', 'IT-25'],
    topics: ['01'],
  },
  {
    of: 'a Spanish tourism release',
    headline: 'Los hoteles de Andalucía esperan más turistas',
    text: 'Los hoteles y restaurantes de Sevilla preparan la temporada. Los viajeros alemanes y los turistas de México eligen la gastronomía y la playa.',
    language: 'es',
    regions: ['ES*', 'ES-AN*', 'MX'],
    topics: ['10'],
  },
  {
    of: 'a Spanish labour release',
    headline: 'Los sindicatos convocan una huelga en América Latina',
    text: 'Los trabajadores reclaman mejores salarios y empleo. Los sindicatos de Argentina y Chile negocian el convenio colectivo.',
    language: 'es',
    regions: ['419*', 'AR', 'CL'],
    topics: ['09'],
  },
  {
    of: 'a text that gives no ground for any tag',
    headline: 'Einladung',
    text: 'Wir laden Sie herzlich ein und freuen uns auf Ihren Besuch am Freitag um zehn Uhr.',
    language: 'de',
    regions: [],
    topics: [],
  },
]

test.each(goldens)('$of gets its tags', ({ headline, dateline, text, language, ...gold }) => {
  const item = taggable({ headline, text, ...(dateline === undefined ? {} : { dateline }) })
  const { language: found, tags } = tag(item, vocabulary)
  const regions = tags.filter(({ scheme }) => scheme !== 'lang' && scheme !== 'medtop')
  const marked = regions.map(({ code, primary }) => (primary ? `${code}*` : code))
  expect(found).toBe(language)
  // A mention may be primary without being asked for; what is asked for must be.
  const bare = (codes: readonly string[]) => codes.map((code) => code.replace('*', '')).sort()
  expect(bare(marked)).toEqual(bare(gold.regions))
  expect(marked).toEqual(expect.arrayContaining(gold.regions.filter((code) => code.endsWith('*'))))
  const topics = tags
    .filter(({ scheme }) => scheme === 'medtop')
    .map(({ code }) => code.slice(7, 9))
  expect(topics.slice(0, gold.topics.length || 1)).toEqual(gold.topics)
})
