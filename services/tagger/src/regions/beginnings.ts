import type { Word } from '../words.js'
import { compoundNode } from './compounds.js'
import type { Gazetteer } from './gazetteer.js'
import type { TrieNode } from './trie.js'

/** What a word may be the first one of; worth remembering, as most words are none of these. */
export interface Beginning {
  /** A name of our own files, or its genitive; whatever the case. */
  readonly isName: boolean
  /** A town, or its genitive, if it has a capital. */
  readonly isTown: boolean
}

/** Words that are remembered; what is remembered changes no result. */
const rememberedMax = 16_384
/** A longer word is a piece of its text in V8, and would keep all of it. */
const rememberedCharsMax = 12

const isNothing: Beginning = { isName: false, isTown: false }

interface Memory {
  readonly beginnings: Map<string, Beginning>
  readonly compounds: Map<string, TrieNode | undefined>
}

const memories = new WeakMap<Gazetteer, Memory>()

function memoryOf(gazetteer: Gazetteer): Memory {
  let memory = memories.get(gazetteer)
  if (!memory) {
    memory = { beginnings: new Map(), compounds: new Map() }
    memories.set(gazetteer, memory)
  }
  return memory
}

export function beginningOf(gazetteer: Gazetteer, key: string): Beginning {
  const { beginnings } = memoryOf(gazetteer)
  const known = beginnings.get(key)
  if (known) return known
  const found = lookedUp(gazetteer, key)
  remember(beginnings, key, found)
  return found
}

function lookedUp({ names, cities }: Gazetteer, key: string): Beginning {
  const base = key.endsWith('s') ? key.slice(0, -1) : key
  const isName = names.next.has(key) || names.next.has(base)
  const isTown = cities.begins(key) || cities.begins(base)
  return isName || isTown ? { isName, isTown } : isNothing
}

/** The country in a German compound. */
export function compoundOf(gazetteer: Gazetteer, word: Word): TrieNode | undefined {
  if (!word.isCapital) return undefined
  const { compounds } = memoryOf(gazetteer)
  const known = compounds.get(word.key)
  if (known || compounds.has(word.key)) return known
  const found = compoundNode(gazetteer.names, word, gazetteer.guards)
  remember(compounds, word.key, found)
  return found
}

function remember<T>(memory: Map<string, T>, key: string, value: T): void {
  if (key.length > rememberedCharsMax) return
  if (memory.size >= rememberedMax) memory.clear()
  memory.set(key, value)
}
