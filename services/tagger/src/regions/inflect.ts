import type { Language } from '../languages.js'

const germanEndings = ['', 'e', 'en', 'er', 'es', 'em']

/**
 * All forms of an adjective of a people, given its basic form (masculine singular) in lower case.
 */
const rules: Readonly<Record<Language, (form: string) => string[]>> = {
  de: (form) => germanEndings.map((ending) => form + ending),
  en: (form) => (/(an|i|er|ot)$/.test(form) ? [form, `${form}s`] : [form]),
  fr: frenchForms,
  it: italianForms,
  es: spanishForms,
}

export function inflect(form: string, language: Language): string[] {
  return [...new Set(rules[language](form))]
}

function frenchForms(form: string): string[] {
  if (/e$/.test(form)) return [form, `${form}s`]
  if (/(ais|ois)$/.test(form)) return [form, `${form}e`, `${form}es`]
  if (/(ien|éen)$/.test(form)) return [form, `${form}s`, `${form}ne`, `${form}nes`]
  if (/turc$/.test(form)) return [form, 'turcs', 'turque', 'turques']
  if (/grec$/.test(form)) return [form, 'grecs', 'grecque', 'grecques']
  return [form, `${form}s`, `${form}e`, `${form}es`]
}

function italianForms(form: string): string[] {
  const stem = form.slice(0, -1)
  if (/co$/.test(form)) return [form, `${stem}a`, `${stem}i`, `${stem}hi`, `${stem}he`]
  if (/o$/.test(form)) return [form, `${stem}a`, `${stem}i`, `${stem}e`]
  if (/a$/.test(form)) return [form, `${stem}i`, `${stem}e`]
  if (/e$/.test(form)) return [form, `${stem}i`]
  return [form]
}

function spanishForms(form: string): string[] {
  const stem = form.slice(0, -1)
  if (/o$/.test(form)) return [form, `${stem}a`, `${form}s`, `${stem}as`]
  if (/[éeáa][sn]$/.test(form)) {
    const plain = form.normalize('NFD').replace(/\p{M}/gu, '')
    return [form, `${plain}a`, `${plain}es`, `${plain}as`]
  }
  if (/[íi]$/.test(form)) return [form, `${form}s`, `${form}es`]
  if (/[ea]$/.test(form)) return [form, `${form}s`]
  return [form, `${form}a`, `${form}es`, `${form}as`]
}
