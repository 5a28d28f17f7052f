import { expect, test } from 'vitest'
import { facts, streamNames } from './facts.js'

test('every fact has a stream, and its subject lies within its pattern', () => {
  const subjects = {
    'item.raw': facts['item.raw'].subject({ source: 'a b' }),
    'item.normalized': facts['item.normalized'].subject({ wire: 'na', id: 'na-1' }),
    'item.tagged': facts['item.tagged'].subject({ wire: 'na', id: 'na-1' }),
    delivery: facts.delivery.subject({ shard: 3 }),
    receiver: facts.receiver.subject({ wire: 'na', id: 'na-1' }),
    receipt: facts.receipt.subject({ rawSequence: 9 }),
    dead: facts.dead.subject({ stage: 'normalizer', sequence: 9 }),
    audit: facts.audit.subject({ actor: 'key.1' }),
  }
  for (const [name, subject] of Object.entries(subjects)) {
    const { pattern, stream } = facts[name as keyof typeof facts]
    expect(streamNames).toContain(stream)
    expect(subject).toMatch(
      new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^. ]+')}$`),
    )
  }
})
