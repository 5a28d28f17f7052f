/** The words that the world's releases are made of. */

export type Language = 'de' | 'en' | 'fr'

const names = [
  'Nordwerk Alpenrose Seewind Tannhof Birkenau Lindora Marenta Quellbach Rabenfels Silvano',
  'Torvald Ursana Velmar Wendelin Xanthia Yperen Zollhaus Ardena Brava Corvina Delphia Estrada',
  'Falkner Gondola Hexamer Ilmenau Jorvik Kastell Lohmar Mistral',
].flatMap((line) => line.split(' '))

const fields: Readonly<Record<Language, readonly string[]>> = {
  de: 'Pumpen Solar Logistik Backwaren Optik Chemie Papier Textil Energie Werkzeug'.split(' '),
  en: 'Pumps Sunpower Freight Bakeries Optics Chemicals Paper Textiles Utilities Tools'.split(' '),
  fr: 'Pompes Solaire Transports Boulangeries Optique Chimie Papiers Textiles Energie'.split(' '),
}

const legalForms: Readonly<Record<Language, readonly string[]>> = {
  de: ['AG', 'GmbH', 'SE'],
  en: ['Inc.', 'Ltd.', 'Corp.'],
  fr: ['SA', 'SAS'],
}

const goods: Readonly<Record<Language, readonly string[]>> = {
  de: [
    'Ventile Busse Brücken Dächer Öfen Gläser Räder Türen Lampen Kessel Zäune Rohre Schränke',
    'Fähren Kräne Körbe Uhren Kabel Teppiche Zelte',
  ].flatMap((line) => line.split(' ')),
  en: [
    'valves buses bridges roofs ovens glasses wheels doors lamps boilers fences pipes cabinets',
    'ferries cranes baskets clocks cables carpets tents',
  ].flatMap((line) => line.split(' ')),
  fr: [
    'vannes autobus ponts toits fours verres roues portes lampes chaudières clôtures tuyaux',
    'armoires bacs grues paniers horloges câbles tapis tentes',
  ].flatMap((line) => line.split(' ')),
}

const seats: Readonly<Record<Language, readonly string[]>> = {
  de: ['Köln', 'Bonn', 'München', 'Lübeck', 'Nürnberg', 'Göttingen', 'Trier', 'Görlitz'],
  en: ['CHICAGO', 'DENVER', 'BOSTON', 'SEATTLE', 'ATLANTA', 'DALLAS', 'PORTLAND', 'TUCSON'],
  fr: ['LYON, France', 'NANTES, France', 'LILLE, France', 'RENNES, France'],
}

const targets =
  'Oslo Bergen Turku Riga Lisboa Porto Tirana Nairobi Lima Quito Hanoi Osaka Perth Malmo'.split(' ')

/** An issuer's name by number; the first few hundred are all different. */
export function issuerOf(language: Language, number: number): string {
  const own = fields[language]
  const name = at(names, number)
  const field = at(own, Math.floor(number / names.length))
  return `${name} ${field} ${at(legalForms[language], number)}`
}

export const goodOf = (language: Language, number: number) => at(goods[language], number)
export const seatOf = (language: Language, number: number) => at(seats[language], number)
export const targetOf = (number: number) => at(targets, number)

/** `12.345`, `12,345`, `12 345`. */
export function written(language: Language, amount: number): string {
  const separator = { de: '.', en: ',', fr: ' ' }[language]
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, separator)
}

function at<T>(all: readonly T[], number: number): T {
  const found = all[number % all.length]
  if (found === undefined) throw new Error('An empty list has no words.')
  return found
}
