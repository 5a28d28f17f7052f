import { expect, test } from 'vitest'
import { tag } from '../tag.js'
import { taggable } from '../testing.js'
import { loadVocabulary } from '../vocabulary.js'

const vocabulary = loadVocabulary()

function countries(text: string, language: string): string {
  const { tags } = tag(taggable({ text, language }), vocabulary)
  const codes = tags.filter(({ scheme }) => scheme === 'iso3166-1').map(({ code }) => code)
  return codes.sort().join(' ')
}

test.each([
  ['de', 'DE', 'Die Stadt Essen baut eine Schule.'],
  ['de', 'DE', 'Die Sparkasse Hamm senkt die Zinsen.'],
  ['de', 'DE', 'Die Stadtwerke Hagen erhöhen die Preise.'],
  ['de', 'DE', 'Die Universität Siegen forscht.'],
  ['de', 'DE', 'Der Landkreis Celle informiert.'],
  ['de', 'DE', 'Die Kreisstadt Unna informiert.'],
  ['de', 'DK', 'Die Stadt Kalundborg informiert.'],
  ['de', '', 'Die Polizei Regeln und Gesetze. Die Messe Ende März. Der Kreis Freunde.'],
  ['de', '', 'Essen gab es genug.'],
  ['fr', 'FR', 'La ville de Tours investit.'],
  ['fr', 'FR', 'La ville de Sens investit.'],
  ['fr', '', 'La ville de demain et le port de plaisance.'],
  ['it', 'IT', 'Il comune di Prato investe.'],
  ['es', 'ES', 'El ayuntamiento de León invierte.'],
  ['en', 'GB', 'The City of Bath agreed.'],
  ['en', 'GB', 'The University of Reading agreed.'],
  ['en', '', 'The city of Friendship and the city of Freedom.'],
])('%s: what a telling noun stands beside is a place: "%s", %s', (language, expected, text) => {
  expect(countries(text, language)).toBe(expected)
})

test.each([
  ['fr', 'GN', 'La Guinée a signé un accord.'],
  ['fr', 'ML NE', 'Le Mali et le Niger ont signé un accord.'],
  ['fr', 'NE', 'Le Niger a fermé sa frontière.'],
  ['fr', 'TG', 'Le Togo a dit oui.'],
  ['fr', 'MU', 'L’île Maurice a signé.'],
  ['fr', '', 'Maurice et Dominique sont venus. Le livre de Maurice.'],
  ['it', 'NE', 'Il Niger ha firmato.'],
  ['es', 'NE', 'El Níger y sus vecinos firmaron.'],
  ['de', 'TD', 'Der Tschad hat unterschrieben.'],
  ['en', 'TD', 'Chad’s president spoke.'],
  ['en', '', 'Chad’s wife spoke.'],
])('%s: a country’s article or office leaves no doubt: "%s", %s', (language, expected, text) => {
  expect(countries(text, language)).toBe(expected)
})

test.each([
  ['CI GN SN', 'The bank lends to Senegal, Guinea, Ivory Coast and others.'],
  ['GE MD UA', 'Moldova, Ukraine and Georgia met.'],
  ['RU GE', 'Georgia and Russia met.'],
  ['US', 'Georgia, Florida and Alabama were hit.'],
  ['', 'Chad and Georgia left.'],
])('between countries a shared name is a country’s: %s, %s', (expected, text) => {
  expect(countries(text, 'en').split(' ').sort()).toEqual(expected.split(' ').sort())
})
