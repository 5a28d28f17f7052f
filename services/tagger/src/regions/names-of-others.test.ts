import { expect, test } from 'vitest'
import { tag } from '../tag.js'
import { taggable } from '../testing.js'
import { loadVocabulary } from '../vocabulary.js'

const vocabulary = loadVocabulary()

function regions(text: string, language: string): string {
  const { tags } = tag(taggable({ text, language }), vocabulary)
  const found = tags.filter(({ scheme }) => scheme === 'iso3166-1' || scheme === 'iso3166-2')
  return found.map(({ code, primary }) => (primary ? code : `${code}?`)).join(' ')
}

test.each([
  ['en', '', 'Derby day: City beat United 2-1 in the Derby.'],
  ['de', '', 'Das Derby endete 1:1. Im Derby traf Müller zweimal.'],
  ['fr', '', 'Le Derby a tourné court.'],
  ['en', 'GB GB-ENG', 'A man was arrested in Derby on Monday. Derby is calm.'],
  ['en', 'GB GB-ENG', 'Derby City Council approved the plan.'],
  ['en', 'GB GB-ENG', 'A firm of Derby, England, won.'],
])('%s: a match is no town: "%s", %s', (language, expected, text) => {
  expect(regions(text, language)).toBe(expected)
})

test.each([
  ['', 'Midfielder Jordan Veretout signed. Jordan Henderson scored twice.'],
  ['', 'Israel Santos won the prize.'],
  ['', 'Jockey Luis Panama rode the winner.'],
  ['', 'Paris Washington sang at the gala.'],
  ['', 'Chelsea Holland, Austin Ireland and India Jones joined the board.'],
  ['', 'Singer Kenya Grace tops the chart.'],
  ['IN', 'India Green Hydrogen is a plan.'],
  ['IN', 'India Prime Minister Narendra Modi spoke.'],
  ['FR FR-IDF', 'Paris France is lovely.'],
])('a country or a town in the name of a person is none: "%s", %s', (expected, text) => {
  expect(regions(text, 'en')).toBe(expected)
})

test.each([
  ['', 'Turkey prices climb ahead of Thanksgiving'],
  ['TR', 'Turkey prices climb as the lira falls.'],
  ['', 'Brussels Sprouts are roasted with Bologna and ham.'],
  ['', 'Order a Moscow Mule or a Manhattan.'],
  ['', 'He drank a Manhattan or a martini.'],
  ['US US-NY', 'A Manhattan jury convicted him.'],
  ['', 'The navy base at China Lake shook. Norway Pond froze over.'],
  ['', 'The cafe on Cuba Street and the inn on Peru Creek closed.'],
  ['CN', 'China lake levels fell.'],
])('drinks, dishes, lakes and streets are called by places: "%s", %s', (expected, text) => {
  expect(regions(text, 'en')).toBe(expected)
})

test.each([
  ['en', 'CN?', 'China Mobile raised its dividend.'],
  ['en', 'KE?', 'Kenya Airways cut flights.'],
  ['en', 'CN?', 'Bank of China posted a profit.'],
  ['fr', 'FR?', 'Air France supprime des vols. Air France recrute.'],
  ['en', 'US?', 'American Airlines! American Airlines, American Airlines. American Airlines.'],
  ['de', 'DE?', 'Die Deutsche Bank, die Deutsche Bank, die Deutsche Bank, die Deutsche Bank.'],
  ['en', 'IN', 'China Mobile will build masts in India.'],
  ['en', 'CN', 'China Mobile was praised in China.'],
  ['es', 'ES? ES-MD?', 'El Granada ganó 2-1 al Getafe en LaLiga.'],
  ['es', 'ES ES-MD', 'El plan se presentó en Getafe.'],
])('%s: what a firm or a club is called by is never primary: "%s", %s', (...row) => {
  const [language, expected, text] = row
  expect(regions(text, language)).toBe(expected)
})

test.each([
  ['en', 'IL', 'The Israeli prime minister spoke.'],
  ['de', 'IL', 'Der israelische Ministerpräsident sprach.'],
  ['fr', 'IL', 'Le gouvernement israélien a dit non.'],
  ['it', 'IL', 'Il governo israeliano ha detto no.'],
  ['es', 'IL', 'El gobierno israelí dijo no.'],
  ['en', '', 'The Israeli salad was good.'],
  ['en', 'UA UA-51', 'Missiles hit Odessa.'],
  ['en', 'US US-TX', 'Odessa, Texas, has oil.'],
  ['de', 'DE DE-BW', 'HEIDENHEIM (dpa) - Der Trainer bleibt.'],
  ['de', 'DE DE-BW', 'Der 1. FC Heidenheim hat in der Bundesliga verloren.'],
  ['de', 'AT AT-7', 'Sölden startet in den Winter.'],
])('%s: offices and towns that the news is full of: "%s", %s', (language, expected, text) => {
  expect(regions(text, language)).toBe(expected)
})
