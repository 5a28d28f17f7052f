import { expect, it } from 'vitest'
import { createResolve } from './names.js'

/** A resolver whose answers are given by hand, in place of the system's. */
function byHand() {
  const asked: string[] = []
  const open = new Map<string, (addresses: readonly string[]) => void>()
  const ask = (host: string) => {
    asked.push(host)
    return new Promise<readonly string[]>((resolve) => open.set(host, resolve))
  }
  const resolve = createResolve(ask, { slowMs: 5 })
  const answer = (host: string) => open.get(host)?.(['93.184.215.14'])
  return { asked, answer, resolve }
}

it('a name is reached by its addresses of before, while others hold up the resolver', async () => {
  const { answer, resolve } = byHand()
  const first = resolve('well.example')
  answer('well.example')
  await first
  const hanging = [resolve('dead-1.example'), resolve('dead-2.example')]
  expect(await resolve('well.example')).toEqual(['93.184.215.14'])
  for (const [at, one] of hanging.entries()) {
    answer(`dead-${at + 1}.example`)
    await one
  }
})

it('names that were slow leave a place to those that are not', async () => {
  const { asked, answer, resolve } = byHand()
  const known = resolve('well.example')
  answer('well.example')
  await known
  for (const dead of ['dead-1.example', 'dead-2.example', 'dead-3.example']) {
    const slow = resolve(dead)
    // Answered by its addresses of before: as much time is over for the other one too.
    await resolve('well.example')
    answer('well.example')
    answer(dead)
    await slow
  }
  asked.length = 0
  for (const at of [1, 2, 3]) void resolve(`dead-${at}.example`)
  void resolve('new.example')
  await expect.poll(() => asked).toEqual(['dead-1.example', 'new.example'])
})
