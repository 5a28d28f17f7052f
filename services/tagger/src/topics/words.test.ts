import { expect, test } from 'vitest'
import { tag } from '../tag.js'
import { taggable } from '../testing.js'
import { loadVocabulary } from '../vocabulary.js'

const vocabulary = loadVocabulary()
const keys = new Map(vocabulary.topics.branches.map(({ code, key }) => [code, key]))

/** The branches of an item, best first. */
function branches(headline: string, text: string, language: string): (string | undefined)[] {
  const { tags } = tag(taggable({ headline, text, language }), vocabulary)
  return tags.flatMap(({ code }) => keys.get(code) ?? [])
}

test.each([
  ['de', 'disaster', 'Küchenbrand in Wohnhaus', 'Die Bewohner konnten sich retten.'],
  ['de', 'disaster', 'Wohnungsbrand in der Innenstadt', 'Bewohner gerettet.'],
  ['de', 'disaster', 'Zimmerbrand im dritten Stock', 'Die Bewohner sind wohlauf.'],
  ['de', 'disaster', 'Dachstuhlbrand in der Altstadt', 'Anwohner sahen zu.'],
  ['de', 'conflict', 'Raketen und Drohnen trafen Kraftwerke', 'Bei dem Angriff starben drei.'],
  ['de', 'science', 'Neue Drohne hilft Forschern', 'Die Drohne vermisst Wälder.'],
  ['de', 'environment', 'Wolf reißt Schafe', 'Tierhalter fordern den Abschuss.'],
  ['de', 'religion', 'Caritas und Bischof rufen auf', 'Sie bitten um Spenden.'],
  ['de', 'lifestyle', 'Neue Armbanduhr vorgestellt', 'Das Zifferblatt ist blau.'],
  ['de', 'culture', 'Bachpreis für Cembalisten', 'Die Jury lobte ihn.'],
  ['de', 'labour', 'Lehrer streiken', 'Viele Schulen bleiben geschlossen, so die Gewerkschaft.'],
  ['it', 'religion', 'Giubileo, migliaia di fedeli', 'Nell’omelia parla di speranza.'],
  ['it', 'labour', 'Sciopero degli insegnanti', 'Scuole chiuse, i sindacati chiedono aumenti.'],
  ['fr', 'economy', 'Les poids lourds interdits', 'Les transporteurs évitent l’A9.'],
  ['fr', 'sport', 'Le boxeur poids lourd affronte Usyk', 'Un combat attendu.'],
  ['fr', 'environment', 'Les algues vertes envahissent la Bretagne', 'Les plages ferment.'],
  ['fr', 'lifestyle', 'Une nouvelle montre automatique', 'La maison horlogère la dévoile.'],
  ['en', 'disaster', 'State of calamity after typhoon', 'The president declared it.'],
  ['en', 'crime', 'Gunmen kidnap dozens of schoolgirls', 'They demand a ransom.'],
  ['en', 'lifestyle', 'A new watch', 'It has a sapphire crystal and a leather strap.'],
  ['en', 'lifestyle', 'Jersey Royals with dressing', 'Toss the potatoes in the dressing.'],
  ['en', 'environment', 'Wetland restored', 'Birds and dragonflies are back.'],
  ['en', 'labour', 'Teachers walk out', 'The strike closes schools, the union says.'],
  ['es', 'disaster', 'La DANA deja decenas de desaparecidos', 'Los equipos de rescate siguen.'],
])('%s: first of all it is %s: %s', (language, expected, headline, text) => {
  expect(branches(headline, text, language)[0]).toBe(expected)
})
