import { type Filter, foldWords, queryParts, type TaggedItem } from '@newswire/model'

/*
 * Which words an item may have, as a Bloom filter (CACM 13/7, 1970) of its own size: a `q` that is
 * looked for in thousands of items costs a few bits of each, not the reading of each. It may say
 * yes wrongly (about one time in 120), never no: `matches` has the last word.
 */

/** Bits per different word, and bits that each word sets. */
const bitsPerWord = 10
const bitsSet = 7

/** The two numbers from which a word's bits follow. */
export type WordHash = readonly [start: number, step: number]

/** The bits of all words of an item, least significant bit first. Empty where it has none. */
export function wordBits({ headline, body }: Pick<TaggedItem, 'headline' | 'body'>): Buffer {
  const words = new Set(foldWords(`${headline} ${body.text}`).split(' '))
  words.delete('')
  const bytes = Buffer.alloc(Math.ceil((words.size * bitsPerWord) / 8))
  const size = bytes.length * 8
  for (const word of words) {
    const [start, step] = hashOf(word)
    for (let n = 0; n < bitsSet; n += 1) {
      const bit = (start + n * step) % size
      bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) | (1 << (bit & 7))
    }
  }
  return bytes
}

/** What an item must have: all words of any one of these. Empty: the filter has no `q`. */
export function wantedWords({ q = [] }: Filter): readonly (readonly WordHash[])[] {
  return q.map((query) => {
    const words = queryParts(query).flatMap((part) => part.split(' '))
    return [...new Set(words)].map(hashOf)
  })
}

/**
 * FNV-1a, stirred once more for the step. Sums of a few stay below 2^53, which is as far as Lua
 * counts.
 */
function hashOf(word: string): WordHash {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  }
  const stirred = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  // Odd: never 0, which would set one bit only.
  return [hash >>> 0, ((stirred ^ (stirred >>> 13)) | 1) >>> 0]
}

/** `mayHave(bits, words)` for scripts: whether all words of any group may be in these bits. */
export const mayHaveLua = `
local band, byte = bit.band, string.byte
local powers = { [0] = 1, 2, 4, 8, 16, 32, 64, 128 }
local function mayHave(bits, groups)
  if #groups == 0 or not bits then return true end
  local size = #bits * 8
  for g = 1, #groups do
    local words, all = groups[g], size > 0
    for i = 1, all and #words or 0 do
      local start, step = words[i][1], words[i][2]
      for n = 0, ${bitsSet - 1} do
        local at = (start + n * step) % size
        local low = at % 8
        if band(byte(bits, (at - low) / 8 + 1), powers[low]) == 0 then
          all = false
          break
        end
      end
      if not all then break end
    end
    if all then return true end
  end
  return false
end
`
