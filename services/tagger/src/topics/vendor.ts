import { fold, type SourceCode } from '@newswire/model'
import { codeAndRest, dataSections } from '../data-files.js'
import type { Topics } from './topic.js'

/** Topic codes by the wires' own section names, folded. */
export interface VendorTopics {
  readonly prn: ReadonlyMap<string, readonly string[]>
  readonly presseportal: ReadonlyMap<string, readonly string[]>
}

/** Reads `data/vendor-topics.txt`: a line names a branch by its key, or another topic by code. */
export function loadVendorTopics({ branches, byCode }: Topics): VendorTopics {
  const keys = new Map(branches.map(({ key, code }) => [key, code]))
  const lists = new Map<string, ReadonlyMap<string, readonly string[]>>()
  for (const { heading, lines } of dataSections('vendor-topics.txt')) {
    const pairs = lines.flatMap((line) => {
      const { code: given, rest } = codeAndRest(line)
      const topic = keys.get(given) ?? `medtop:${given}`
      if (!byCode.has(topic)) throw new Error(`vendor-topics.txt names ${given}: no topic.`)
      return rest.split(',').map((name) => ({ name: fold(name), topic }))
    })
    lists.set(heading, listsOf(pairs))
  }
  return {
    prn: lists.get('prn') ?? new Map(),
    presseportal: lists.get('presseportal') ?? new Map(),
  }
}

function listsOf(pairs: readonly { name: string; topic: string }[]): Map<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const { name, topic } of pairs) lists.set(name, [...(lists.get(name) ?? []), topic])
  return lists
}

const topicSchemes = /medtop|mediatopic|subj/i

/** The topics that a source's own code stands for. */
export function topicsOf(
  code: SourceCode,
  vendors: VendorTopics,
  topics: Topics,
): readonly string[] {
  const digits = /(\d{8})$/.exec(code.code ?? '')?.[1]
  if (digits && topicSchemes.test(`${code.scheme} ${code.code}`)) return standing(digits, topics)
  const list = /prn/i.test(code.scheme) ? vendors.prn : vendors.presseportal
  const texts = [code.name, code.code].filter((text) => text !== undefined)
  return [...new Set(texts.flatMap((text) => list.get(fold(text)) ?? []))]
}

/** A topic that stands, what stands for it, or else the branch that its first digits name. */
function standing(digits: string, { byCode, aliases }: Topics): string[] {
  const own = `medtop:${digits}`
  if (byCode.has(own)) return [own]
  const alias = aliases.get(digits)
  if (alias !== undefined) return [alias]
  const branch = `medtop:${digits.slice(0, 2)}000000`
  return byCode.has(branch) ? [branch] : []
}
