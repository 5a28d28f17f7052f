import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { loadTopics } from '../topic.js'
import {
  type Document,
  labelDocuments,
  ownDocuments,
  sentenceDocuments,
  termDocuments,
} from './documents.js'
import { inputsHash } from './inputs.js'
import { train } from './train.js'

const target = new URL('../../../data/topic-model.bin.gz', import.meta.url)
/** The byte of gzip that names the operating system: the same file wherever it is made. */
const systemByte = 9
const anySystem = 255

/**
 * Trains the topic model and writes `data/topic-model.bin.gz`. `--sib` is the folder of SIB-200's
 * train files, `--iptc` that of IPTC's Media Topics and Subject Codes.
 */
const { sib, iptc } = parseArgs({
  options: { sib: { type: 'string' }, iptc: { type: 'string' } },
}).values
if (sib === undefined || iptc === undefined) {
  process.stderr.write('Name the folders: --sib <SIB-200> --iptc <IPTC NewsCodes>.\n')
  process.exit(2)
}
const { branches } = loadTopics()
const kinds: Readonly<Record<string, readonly Document[]>> = {
  'texts of our own': ownDocuments(branches),
  'terms of the lexicon': termDocuments(branches),
  'sentences of SIB-200': sentenceDocuments(sib, branches),
  'labels of IPTC': labelDocuments(iptc, branches),
}
for (const [kind, documents] of Object.entries(kinds)) {
  process.stdout.write(`${String(documents.length).padStart(7)} ${kind}\n`)
}
const weights = train(Object.values(kinds).flat(), branches.length)
const packed = pack(weights)
writeFileSync(target, packed)
process.stdout.write(`${join('data', 'topic-model.bin.gz')}: ${packed.length} bytes\n`)

function pack(trained: Float32Array): Buffer {
  const largest = trained.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  const step = largest / 127
  const header = {
    inputs: inputsHash(branches),
    step,
    branches: branches.map(({ code }) => code),
  }
  const bytes = Int8Array.from(trained, (weight) => Math.round(weight / step))
  const whole = Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    Buffer.from(bytes.buffer),
  ])
  const gzipped = gzipSync(whole, { level: 9 })
  gzipped[systemByte] = anySystem
  return gzipped
}
