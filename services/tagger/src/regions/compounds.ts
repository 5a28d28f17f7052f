import type { Word } from '../words.js'
import type { Guards } from './gazetteer.js'
import type { TrieNode } from './trie.js'

const nameCharsMin = 4
/** No compound with a country in it is longer; what is, is no word. */
const wordCharsMax = 60

/** The country in a German compound: "Westchinas", "Chinageschäft", "Europastrategie". */
export function compoundNode(root: TrieNode, word: Word, guards: Guards): TrieNode | undefined {
  const { length } = word.key
  if (!word.isCapital || length < nameCharsMin + 3 || length > wordCharsMax) return undefined
  return afterHead(root, word.key, guards) ?? beforeTail(root, word.key, guards)
}

const beginnings = new WeakMap<TrieNode, ReadonlySet<string>>()

/** The first letters of all words that begin a name: few compounds begin like one. */
function beginningsOf(root: TrieNode): ReadonlySet<string> {
  const known = beginnings.get(root)
  if (known) return known
  const found = new Set<string>()
  for (const [key, { names }] of root.next)
    if (names.length > 0) found.add(key.slice(0, nameCharsMin))
  beginnings.set(root, found)
  return found
}

function afterHead(root: TrieNode, key: string, guards: Guards): TrieNode | undefined {
  for (const head of guards['compound-head'] ?? []) {
    if (!key.startsWith(head)) continue
    const rest = key.slice(head.length)
    const node = root.next.get(rest) ?? root.next.get(rest.replace(/s$/, ''))
    if (rest.length >= nameCharsMin && node?.names.length) return node
  }
  return undefined
}

function beforeTail(root: TrieNode, key: string, guards: Guards): TrieNode | undefined {
  const tails = guards['compound-tail']
  if (!tails || !beginningsOf(root).has(key.slice(0, nameCharsMin))) return undefined
  for (let at = nameCharsMin; at <= key.length - nameCharsMin; at += 1) {
    if (!tails.has(key.slice(at))) continue
    const node = root.next.get(key.slice(0, at))
    if (node?.names.length) return node
  }
  return undefined
}
