import { expect, test } from 'vitest'
import { tag } from '../tag.js'
import { taggable } from '../testing.js'
import { loadVocabulary } from '../vocabulary.js'

const vocabulary = loadVocabulary()

function tagged(text: string, language: string, headline = '') {
  const { tags } = tag(taggable({ text, language, headline }), vocabulary)
  return tags.filter(({ scheme }) => scheme === 'iso3166-1')
}

function countries(text: string, language = 'en'): string {
  const codes = tagged(text, language).map(({ code }) => code)
  return codes.sort().join(' ')
}

test.each([
  ['ES', 'El alcalde de Mérida presentó el plan en la capital extremeña.'],
  ['ES', 'La Junta de Extremadura licita obras en Mérida.'],
  ['ES', 'Mérida acoge el festival de teatro. España aporta fondos.'],
  ['MX', 'Mérida, capital de Yucatán, recibe turistas.'],
  ['MX', 'La empresa abre en Mérida y Monterrey, México.'],
])('the region that is named tells which town is meant: %s, %s', (expected, text) => {
  expect(countries(text, 'es')).toBe(expected)
})

test('a region’s adjective that is said once in passing tags nothing of its own', () => {
  const codes = (text: string) =>
    tag(taggable({ text, language: 'es' }), vocabulary).tags.map(({ code }) => code)
  expect(codes('Una receta extremeña.')).not.toContain('ES-EX')
  expect(codes('Una receta extremeña de un cocinero extremeño.')).toContain('ES-EX')
})

test.each([
  ['', 'Turkey sandwiches are a favorite in the canteen.'],
  ['', 'The chain recalls Smoked Turkey and Ground Turkey products.'],
  ['', 'Thanksgiving recipes: Turkey with stuffing, cranberry sauce and pie.'],
  ['', 'Turkey breast is lean meat. Cook the Turkey at 350 degrees.'],
  ['TR', 'Turkey said it would raise rates.'],
  ['TR', 'Bird flu in Turkey: poultry and chickens were culled.'],
  ['TR', 'Turkey said no. A Turkish guest cooked dinner and praised the recipe.'],
])('Turkey the bird is not Turkey the country: "%s", %s', (expected, text) => {
  expect(countries(text)).toBe(expected)
})

test.each([
  ['en', '', 'Christian Frankfurt won the prize.'],
  ['de', '', 'Vorstand Christian Frankfurt sagte das. Frankfurt lobte alle.'],
  ['en', '', 'Jack London wrote the book. London loved dogs.'],
  ['en', '', 'Jack M. London and Guy Lyon met Mark Houston.'],
  ['en', '', 'Brooklyn Beckham and Paris Smith met Sydney McAllen.'],
  ['en', '', 'Sydney Ortlow, 18, won.'],
  ['en', 'GB', 'Jack London wrote the book. He was born in London.'],
  ['en', 'AU', 'Sydney Roosters won at home.'],
  ['de', 'DE', 'Frank kam nach Dresden. Dresden feiert.'],
])('%s: who is called like a town is none: "%s", %s', (language, expected, text) => {
  expect(countries(text, language)).toBe(expected)
})

test.each([
  ['Boston Dynamics sells robots.', ''],
  ['Dallas Instruments said profit rose. Dallas expects more.', 'Dallas Instruments Raises Payout'],
  ['Profit rose.', 'Dallas Instruments Raises Payout'],
  ['Texas Instruments raised its forecast.', ''],
  ['Investors bought shares in Houston Widget Therapeutics Inc.', ''],
])('a town that a firm is called by is listed at most, and never primary: %s', (text, headline) => {
  const [us, ...others] = tagged(text, 'en', headline)
  expect(others).toEqual([])
  expect(us).toMatchObject({ code: 'US', primary: false })
  expect(us?.score).toBeLessThanOrEqual(0.3)
})

test.each([
  ['', 'Phoenix Capital, Aurora Robotics, Lincoln Electric and Acme Corporation met.'],
  ['DE', 'Boston Dynamics opens a plant in Munich. Boston Dynamics will hire.'],
  ['FR', 'Houston Robotics, based in Lyon, France, sells arms.'],
  ['CH', 'Zurich Insurance posted results in Zurich.'],
  ['US', 'The Boston Fire Department and Boston Medical Center agreed.'],
  ['US', 'Dallas Instruments is from Dallas, Texas.'],
])('places that stand outweigh firms’ names: "%s", %s', (expected, text) => {
  const tags = tagged(text, 'en')
  expect(tags.map(({ code, primary }) => (primary ? code : `${code}?`)).join(' ')).toBe(expected)
})

test.each([
  ['de', 'Frankfurter Kranz, Wiener Schnitzel, Berliner Weiße und Linzer Torte.'],
  ['de', 'Dazu Schweizer Wurstsalat, noch ein Schweizer Wurstsalat, Thüringer Rostbratwurst.'],
  ['en', 'An English muffin, English muffins, an English breakfast, a French toast.'],
  ['en', 'Two Mexican restaurants and three Mexican restaurants opened.'],
  ['fr', 'La crème anglaise, une crème anglaise, le filet américain et un filet américain.'],
  ['it', 'L’insalata russa è buona. L’insalata russa piace. Ancora insalata russa!'],
  ['es', 'La salsa boloñesa y la ensaladilla rusa. Otra ensaladilla rusa.'],
])('%s: dishes and things are from nowhere: %s', (language, text) => {
  expect(countries(text, language)).toBe('')
})

test('what is no dish keeps its country', () => {
  expect(countries('La presse anglaise et le gouvernement anglais.', 'fr')).toBe('GB')
  expect(countries('Der Berliner Senat und die Frankfurter Börse.', 'de')).toBe('DE')
  expect(countries('La delegazione russa e la ministra russa.', 'it')).toBe('RU')
})

test.each([
  ['en', 'CG', 'The government of Congo in Brazzaville said Congo would vote.'],
  ['fr', 'CG', 'La République du Congo a signé. Le Congo va emprunter.'],
  ['fr', 'CG', 'Le président congolais est à Brazzaville. Le Congo vote.'],
  ['de', 'CG', 'Der Kongo wählt. In Brazzaville sind die Lokale offen.'],
  ['it', 'CG', 'Il Congo vota, a Brazzaville urne aperte.'],
  ['en', 'CD', 'Congo fights Ebola.'],
  ['en', 'CD', 'Congo fights Ebola in Kinshasa.'],
  ['en', 'CD CG', 'The DR Congo and the Republic of the Congo met. Congo won.'],
  ['en', 'CN HK', 'Hong Kong and Kowloon trade with China.'],
])('%s: a name that two countries share goes to %s: %s', (language, expected, text) => {
  expect(countries(text, language)).toBe(expected)
})

test('an illness is called by a town throughout', () => {
  expect(countries('The Marburg virus is back. Marburg worries doctors.')).toBe('')
  expect(countries('The Marburg virus was found in Marburg. Marburg is calm.')).toBe('DE')
})

test('San, Santa and their like are no towns before the name that they begin', () => {
  expect(countries('Vatikan: In San Pietro beteten Tausende.', 'de')).toBe('VA')
  expect(countries('Le préfet de San, au Mali, est mort.', 'fr')).toBe('ML')
})
