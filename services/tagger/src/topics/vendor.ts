import { fold, type SourceCode } from '@newswire/model'
import { codeAndRest, dataSections } from '../data-files.js'

/** Topic keys by the wires' own section names, folded. */
export interface VendorTopics {
  readonly prn: ReadonlyMap<string, readonly string[]>
  readonly presseportal: ReadonlyMap<string, readonly string[]>
}

export function loadVendorTopics(): VendorTopics {
  const lists = new Map<string, Map<string, string[]>>()
  for (const { heading, lines } of dataSections('vendor-topics.txt')) {
    const names = new Map<string, string[]>()
    for (const line of lines) {
      const { code: topic, rest } = codeAndRest(line)
      for (const name of rest.split(',').map(fold)) {
        names.set(name, [...(names.get(name) ?? []), topic])
      }
    }
    lists.set(heading, names)
  }
  return {
    prn: lists.get('prn') ?? new Map(),
    presseportal: lists.get('presseportal') ?? new Map(),
  }
}

const topicSchemes = /medtop|mediatopic|subj/i

/** The topic keys (or `medtop:` codes) that a source's own code stands for. */
export function topicsOf(code: SourceCode, vendors: VendorTopics): readonly string[] {
  const digits = /(\d{8})$/.exec(code.code ?? '')?.[1]
  // Media Topics and the older Subject Codes share their 17 first branches.
  if (digits && topicSchemes.test(`${code.scheme} ${code.code}`)) return levelOne(digits)
  const list = /prn/i.test(code.scheme) ? vendors.prn : vendors.presseportal
  const texts = [code.name, code.code].filter((text) => text !== undefined)
  return [...new Set(texts.flatMap((text) => list.get(fold(text)) ?? []))]
}

function levelOne(digits: string): string[] {
  const branch = Number(digits.slice(0, 2))
  return branch >= 1 && branch <= 17 ? [`medtop:${digits.slice(0, 2)}000000`] : []
}
