import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { codesFileOf } from '@newswire/vocabulary'
import { loadVocabulary } from '../vocabulary.js'
import { codeRows } from './code-rows.js'

const target = new URL('../../../../packages/vocabulary/data/codes.tsv.gz', import.meta.url)

/** Writes every code that tags can have, with its labels, for filters: `packages/vocabulary`. */
const rows = codeRows(loadVocabulary())
const packed = gzipSync(codesFileOf(rows), { level: 9 })
// The byte that names the operating system: the same file wherever it is made.
packed[9] = 255
writeFileSync(target, packed)
process.stdout.write(`${rows.length} codes, ${packed.length} bytes\n`)
