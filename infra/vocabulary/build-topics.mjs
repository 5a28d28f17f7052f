import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { SetupError } from '../command.mjs'

/**
 * Makes services/tagger/data/concepts.tsv from IPTC's Media Topics and Subject Codes (iptc.org, CC
 * BY 4.0): `node infra/vocabulary/build-topics.mjs <folder>`, the folder with the files of
 * cv.iptc.org that are named below. Definitions stay out.
 */
const [folder] = process.argv.slice(2)
if (!folder) throw new SetupError('Name the folder with the files from cv.iptc.org.')
const data = join(import.meta.dirname, '../../services/tagger/data')
const languages = /** @type {const} */ (['de', 'en', 'fr', 'it', 'es'])

/** @param {string} text How IPTC's own lists of labels are spelled. */
function plain(text) {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** @param {string} name */
const read = (name) => readFileSync(join(folder, name), 'utf8')
/** @param {string} name */
const readJson = (name) => JSON.parse(read(name).replace(/\bNaN\b/g, 'null'))

/**
 * @typedef {object} Concept
 * @property {string} qcode
 * @property {string} uri
 * @property {Record<string, string>} prefLabel
 * @property {string[]} [exactMatch]
 * @property {string} [retired]
 */
/** @type {Concept[]} */
const concepts = readJson('mediatopics-2019-04.json').conceptSet
const byCode = new Map(concepts.map((concept) => [concept.qcode, concept]))
/** @type {Concept[]} */
const subjects = readJson('subjectcodes-2018-01.json').conceptSet
const subjectByUri = new Map(subjects.map((subject) => [subject.uri, subject]))
const retired = readJson('mediatopics-2023-10-en.json')
const ids = read('mediatopics-2026-ids.tsv')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))

const own = new Map(
  readFileSync(join(data, 'labels.txt'), 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => [line.slice(0, 8), line.slice(9).split('|')]),
)

/** IPTC's label in a language, unless the concept has been renamed since. */
function labelOf(code, language, known) {
  const label = byCode.get(code)?.prefLabel[language]?.trim() ?? ''
  return known.has(plain(label)) ? label : ''
}

function subjectLinkOf(code) {
  return byCode.get(code)?.exactMatch?.find((uri) => uri.includes('/subjectcode/'))
}

/** Italian stands in the Subject Codes alone; it holds where the name is the same in English. */
function italianOf(code, name) {
  const isSame = plain(byCode.get(code)?.prefLabel['en-GB'] ?? '') === plain(name)
  const subject = isSame ? subjectByUri.get(subjectLinkOf(code) ?? '') : undefined
  return subject?.prefLabel['it']?.trim() ?? ''
}

const missing = []
const rows = ids
  .filter(([code]) => !retired[code]?.RetiredDate && !byCode.get(code)?.retired)
  .map(([code, parent, name, list]) => {
    const known = new Set(list.split('|'))
    const [de, fr, it, es] = own.get(code.slice('medtop:'.length)) ?? []
    const labels = {
      de: labelOf(code, 'de', known) || de,
      en: name,
      fr: labelOf(code, 'fr', known) || fr,
      it: italianOf(code, name) || it,
      es: labelOf(code, 'es', known) || es,
    }
    for (const language of languages) if (!labels[language]) missing.push(`${code} ${language}`)
    return [
      code.slice('medtop:'.length),
      parent === '-' ? '' : parent.slice('medtop:'.length),
      ...languages.map((language) => labels[language] || name),
    ]
  })
  .sort(([a], [b]) => (a < b ? -1 : 1))

/** Subject codes, and topics that IPTC has retired: what stands for them. */
const live = new Set(rows.map(([code]) => code))
const parents = new Map(ids.map(([code, parent]) => [code.slice(7), parent.slice(7)]))
/** @param {string} code */
function standing(code) {
  let found = code
  while (found && !live.has(found)) found = parents.get(found) ?? ''
  return found
}
const aliases = new Map()
for (const { qcode } of concepts) {
  const code = qcode.slice('medtop:'.length)
  const now = standing(code)
  if (now && now !== code) aliases.set(code, now)
  const subject = subjectLinkOf(qcode)?.split('/').at(-1)
  if (subject && now && subject !== now && !live.has(subject)) aliases.set(subject, now)
}
for (const [code] of ids) {
  const now = standing(code.slice('medtop:'.length))
  if (now && now !== code.slice(7)) aliases.set(code.slice(7), now)
}
const aliasRows = [...aliases].sort(([a], [b]) => (a < b ? -1 : 1)).map((pair) => pair.join('\t'))

const head = (text) => text.map((line) => `# ${line}`)
writeFileSync(
  join(data, 'concepts.tsv'),
  `${[
    ...head([
      'IPTC Media Topics (iptc.org, CC BY 4.0): code, the code above it, labels in de, en, fr, it, es.',
      'Made by infra/vocabulary/build-topics.mjs; labels that IPTC does not give are from labels.txt.',
    ]),
    ...rows.map((row) => row.join('\t')),
  ].join('\n')}\n`,
)
writeFileSync(
  join(data, 'concept-aliases.tsv'),
  `${[
    ...head([
      'IPTC Subject Codes and retired Media Topics (iptc.org, CC BY 4.0), and the topic that stands for each.',
      'Made by infra/vocabulary/build-topics.mjs.',
    ]),
    ...aliasRows,
  ].join('\n')}\n`,
)
process.stdout.write(
  `${rows.length} topics, ${aliasRows.length} other codes; without a label: ${missing.join(', ') || 'none'}\n`,
)
