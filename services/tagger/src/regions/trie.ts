import { keysOf } from '../words.js'
import type { RegionName } from './name.js'

/** Words of names, one level per word. */
export interface TrieNode {
  next: ReadonlyMap<string, TrieNode>
  names: readonly RegionName[]
}

/** Most nodes are the last word of a name, and an empty map of their own would weigh most. */
const noNext: ReadonlyMap<string, TrieNode> = new Map()
const noNames: readonly RegionName[] = []

export function createTrie(): TrieNode {
  return { next: noNext, names: noNames }
}

export function addName(root: TrieNode, text: string, name: RegionName): void {
  let node = root
  for (const key of keysOf(text)) node = node.next.get(key) ?? grown(node, key)
  if (node === root || node.names.some((each) => isSame(each, name))) return
  node.names = [...node.names, name]
}

function grown(node: TrieNode, key: string): TrieNode {
  const next = createTrie()
  if (node.next === noNext) node.next = new Map([[key, next]])
  else (node.next as Map<string, TrieNode>).set(key, next)
  return next
}

/** What a text is a name of, if it is one as a whole. */
export function namesOf(root: TrieNode, text: string): readonly RegionName[] {
  let node: TrieNode | undefined = root
  for (const key of keysOf(text)) node = node?.next.get(key)
  return node?.names ?? noNames
}

/** Every name with what it means, one in a line: what the names of a vocabulary are. */
export function nameLines(root: TrieNode, path = ''): string[] {
  return [...root.next].flatMap(([key, node]) => {
    const own = node.names.map((name) => `${path}${key} ${JSON.stringify(plain(name))}`)
    return [...own, ...nameLines(node, `${path}${key} `)]
  })
}

/** Sets have no JSON of their own. */
function plain({ languages, ...rest }: RegionName): object {
  return languages ? { ...rest, languages: [...languages] } : rest
}

function isSame(a: RegionName, b: RegionName): boolean {
  return (
    a.code === b.code && a.kind === b.kind && a.casing === b.casing && !a.languages && !b.languages
  )
}
