import { expect, it } from 'vitest'
import { startLiveHouse } from '../fixtures/live-house.js'
import { startTerminal } from '../fixtures/terminal.js'

const ids = (out: string) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: string }).id)

it('begins with the newest, shows each item as it becomes public, and ends with Ctrl-C', async () => {
  await using house = await startLiveHouse()
  for (const id of ['a-1', 'a-2', 'a-3']) house.stand({ id, headline: `Old ${id}` })
  const { ended, written, interrupt } = startTerminal(['tail', '-n', '2', '--json'], {
    url: house.url,
  })
  await expect.poll(house.watchers).toBe(1)
  house.publish({ id: 'a-4', headline: 'New' })
  await expect.poll(() => ids(written.out)).toEqual(['a-2', 'a-3', 'a-4'])
  house.publish({ id: 'a-4', headline: 'New', version: 2 })
  await expect.poll(() => ids(written.out)).toEqual(['a-2', 'a-3', 'a-4', 'a-4'])
  interrupt()
  expect((await ended).code).toBe(0)
})

it('misses nothing and repeats nothing when the connection is lost', async () => {
  await using house = await startLiveHouse()
  const { ended, written, interrupt } = startTerminal(['tail', '--json'], { url: house.url })
  await expect.poll(house.watchers).toBe(1)
  house.publish({ id: 'b-1', headline: 'Before' })
  await expect.poll(() => ids(written.out)).toEqual(['b-1'])
  house.hangUp()
  await expect.poll(house.watchers).toBe(0)
  house.publish({ id: 'b-2', headline: 'Meanwhile' })
  await expect.poll(() => ids(written.out)).toEqual(['b-1', 'b-2'])
  const again = house.requests.filter(({ url }) => url === '/api/v1/live').at(-1)
  expect(again?.headers['last-event-id']).toBe('1')
  expect(written.err).toMatch(/Waiting for the house.*\n.*there again/)
  interrupt()
  await ended
})

it('leaves it to the house what a filter takes; a withdrawal of what was shown comes all the same', async () => {
  await using house = await startLiveHouse()
  const { ended, written, interrupt } = startTerminal(['tail', 'lang=de', '--json'], {
    url: house.url,
  })
  await expect.poll(house.watchers).toBe(1)
  house.publish({ id: 'c-1', headline: 'English' })
  house.publish({ id: 'c-2', headline: 'Deutsch', language: 'de' })
  await expect.poll(() => ids(written.out)).toEqual(['c-2'])
  house.publish({ id: 'c-1', headline: '', version: 2, status: 'canceled' })
  house.publish({ id: 'c-2', headline: '', version: 2, status: 'canceled' })
  await expect.poll(() => ids(written.out)).toEqual(['c-2', 'c-2'])
  interrupt()
  await ended
})

it('asks again and again where a house has no live stream, and says so', async () => {
  await using house = await startLiveHouse({ hasLive: false })
  const { ended, written, interrupt } = startTerminal(['tail', '--json'], { url: house.url })
  await expect.poll(() => written.err).toContain('has no live stream')
  house.stand({ id: 'd-1', headline: 'Polled' })
  await expect.poll(() => ids(written.out)).toEqual(['d-1'])
  interrupt()
  expect((await ended).code).toBe(0)
})

it('shows hostile headlines on one line each, and no event stops it', async () => {
  await using house = await startLiveHouse()
  const { ended, written, interrupt } = startTerminal(['tail'], {
    url: house.url,
    columns: 80,
    isTTY: true,
    colour: false,
  })
  await expect.poll(house.watchers).toBe(1)
  house.tell(
    'event: item\ndata: {broken\n\nevent: item\ndata: {"id":7}\n\nevent: overview\ndata: {}\n\n',
  )
  house.publish({
    id: 'e-1',
    headline: `\u001b[2J\u001b]0;owned\u0007Evil\r\n\u009b31mtwo \u202e${'日本'.repeat(5_000)}`,
  })
  await expect.poll(() => written.out).toContain('Evil two')
  expect(written.out.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u)
  expect(written.out.split('\n')).toHaveLength(2)
  interrupt()
  await ended
})

it('sends no key that was not given for it', async () => {
  await using house = await startLiveHouse()
  const local = { find: () => ({ dataDir: '.', url: house.url, key: 'nw_kept' }) }
  const { ended, interrupt } = startTerminal(['tail'], { local })
  await expect.poll(house.watchers).toBe(1)
  interrupt()
  await ended
  expect(house.requests.map(({ headers }) => headers.authorization)).not.toContain('Bearer nw_kept')
})
