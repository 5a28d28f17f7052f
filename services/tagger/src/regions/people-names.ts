import nationalities from 'i18n-nationality'
import { codeAndRest, dataLines } from '../data-files.js'
import { isLanguage, type Language, languages } from '../languages.js'
import { inflect } from './inflect.js'
import { type RegionName, schemeOf } from './name.js'
import { addName, type TrieNode } from './trie.js'

/**
 * Places whose entries in i18n-nationality are no adjectives, or those of somebody else (the Welsh
 * for Wallis, "navideño" for Christmas Island).
 */
const withoutPeople: ReadonlySet<string> = new Set(
  (
    'AE AG AQ AS AX BL BQ BV BW CC CK CW CX DJ DM FK FO GD GF GG GI GN GP GU GW HM IM IO JE KI KN KY LC LS ' +
    'MF MH MO MP MQ MS MU NC NF NR NU PF PM PN PR PS PW RE SB SH SJ SM ST SX TC TF TK TO TV UM VC ' +
    'VG VI WF WS EH AI AW'
  ).split(' '),
)
/** Forms that are a first name, a surname or a word of the language. */
const noPeople: ReadonlySet<string> = new Set(['giordano', 'emiro', 'batswana', 'ghana', 'níger'])

interface PeopleForm {
  readonly code: string
  readonly language: Language
  readonly form: string
}

/** Adjectives and names of peoples, with their inflections. */
export function addPeopleNames(root: TrieNode, countries: readonly string[]): void {
  const claims = new Map<string, Set<string>>()
  const forms: PeopleForm[] = []
  for (const { code, language, form } of packageForms(countries)) {
    for (const each of inflect(form, language)) {
      const claim = `${language} ${each}`
      claims.set(claim, (claims.get(claim) ?? new Set()).add(code))
      forms.push({ code, language, form: each })
    }
  }
  for (const { code, language, form } of forms) {
    // "Congolese" of the package is two countries: only our own file may decide.
    if (claims.get(`${language} ${form}`)?.size === 1) addPeople(root, code, language, form)
  }
  addOwnForms(root)
}

function packageForms(countries: readonly string[]): PeopleForm[] {
  return languages.flatMap((language) => {
    const names = nationalities.getNames(language)
    return countries.flatMap((code) => {
      const form = basicForm(names[code], code, language)
      return form === undefined ? [] : [{ code, language, form }]
    })
  })
}

/** The package's adjective, if it is one. */
function basicForm(name: string | undefined, code: string, language: Language): string | undefined {
  const text = name?.trim() ?? ''
  if (text === '' || withoutPeople.has(code) || /[( ]/.test(text)) return undefined
  const form = language === 'en' ? text : text.toLowerCase()
  const isAdjective = language !== 'de' || /(sch|deutsch)$/.test(form)
  return isAdjective && !noPeople.has(form) ? form : undefined
}

const groupPattern = /(\w\w):(\S(?:.*?\S)?)(?=\s+\w\w:|$)/g

function addOwnForms(root: TrieNode): void {
  for (const line of dataLines('demonyms.txt')) {
    const { code, rest } = codeAndRest(line)
    for (const [, language = '', forms = ''] of rest.matchAll(groupPattern)) {
      if (!isLanguage(language)) throw new Error(`Unknown language in demonyms.txt: "${line}".`)
      for (const form of forms.split(',').flatMap((each) => ownForms(each, language))) {
        addPeople(root, code, language, form)
      }
    }
  }
}

function ownForms(form: string, language: Language): string[] {
  return form.endsWith('*') ? inflect(form.slice(0, -1), language) : [form]
}

function addPeople(root: TrieNode, code: string, language: Language, form: string): void {
  const isLower = form === form.toLowerCase()
  addName(root, form, nameOfPeople(code, language, isLower ? 'any' : 'capital'))
}

const nameOfPeople = remembered(
  (code: string, language: Language, casing: RegionName['casing']): RegionName => ({
    ...{ scheme: schemeOf(code), code, kind: 'people', isDoubtful: false, casing },
    languages: onlyIn(language),
  }),
)
const onlyIn = remembered((language: Language): ReadonlySet<Language> => new Set([language]))

/** The same object for the same arguments: adjectives have thousands of forms. */
function remembered<A extends readonly string[], T>(make: (...given: A) => T): (...given: A) => T {
  const made = new Map<string, T>()
  return (...given) => {
    const key = given.join(' ')
    const value = made.get(key) ?? make(...given)
    made.set(key, value)
    return value
  }
}
