import { createContext, type ReactNode, useContext, useState } from 'react'
import { de } from './de.js'
import { en, type Words } from './en.js'

export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const key = 'newswire.language'
const all: Readonly<Record<Language, Words>> = { en, de }

interface Chosen {
  readonly language: Language
  readonly choose: (code: string) => void
}
const WordsContext = createContext<Chosen | undefined>(undefined)

/** `given`: the language of a page that the server has written. */
export function WordsProvider({
  children,
  given,
}: {
  readonly children: ReactNode
  readonly given?: Language
}) {
  const [language, setLanguage] = useState<Language>(() => {
    if (given) return given
    const kept = localStorage.getItem(key)
    return show(languageOf(kept === null ? navigator.languages : [kept]))
  })
  const choose = (code: string) => {
    const next = languageOf([code])
    localStorage.setItem(key, next)
    // What the server wrote is in one language: another one stands at another address.
    if (given === undefined) setLanguage(show(next))
  }
  return <WordsContext value={{ language, choose }}>{children}</WordsContext>
}

/** The words of the reader's language. */
export function useWords(): Words {
  return all[useLanguage()[0]]
}

export function useLanguage(): readonly [Language, (code: string) => void] {
  const chosen = useContext(WordsContext)
  if (!chosen) throw new Error('Words are used outside of WordsProvider.')
  return [chosen.language, chosen.choose]
}

/** The first one that the window speaks; else English. */
export function languageOf(wanted: readonly string[]): Language {
  for (const each of wanted) {
    if (/^de\b/i.test(each)) return 'de'
    if (/^en\b/i.test(each)) return 'en'
  }
  return 'en'
}

function show(language: Language): Language {
  document.documentElement.lang = language
  return language
}
