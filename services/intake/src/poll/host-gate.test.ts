import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../fixtures/house.js'
import { type Entry, openHostGate } from './host-gate.js'

let house: House
let now = Date.parse('2026-05-04T10:00:00Z')
const clock = { now: () => new Date(now) }

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house[Symbol.asyncDispose]())

const openGate = () => openHostGate({ bus: house.bus, clock })
const waitOf = (entry: Entry) => (entry.kind === 'wait' ? entry.ms : 0)
const urlOf = (host: string, path = '') => `https://${host}.example.org/${path}`

describe('the host gate', () => {
  it('lets one request to a host through every two seconds, in the order in which they came', async () => {
    const gate = await openGate()
    const enter = async (source: string) => waitOf(await gate.enter(source, urlOf('a', source)))
    expect(await enter('one')).toBe(0)
    expect(await enter('two')).toBe(2_000)
    expect(await enter('three')).toBe(4_000)
    now += 1_000
    expect(await enter('two')).toBe(1_000)
    now += 3_000
    expect(await enter('four')).toBe(2_000)
    expect(await enter('two')).toBe(0)
  })

  it('lets other hosts through meanwhile', async () => {
    const gate = await openGate()
    for (const host of ['b', 'c', 'd']) {
      expect(waitOf(await gate.enter(host, urlOf(host)))).toBe(0)
    }
  })

  it('keeps no more than sixteen polls of one host under way', async () => {
    const gate = await openGate()
    const entered: Entry[] = []
    for (let n = 0; n < 17; n += 1) {
      entered.push(await gate.enter(`e${n}`, urlOf('e')))
      now += 2_000
    }
    expect(entered.map(waitOf).filter((ms) => ms > 0)).toEqual([1_000])
    const [first] = entered
    if (first?.kind === 'entered') first.leave()
    expect(waitOf(await gate.enter('e16', urlOf('e')))).toBe(0)
  })

  it('keeps the gap over processes', async () => {
    const [one, other] = await Promise.all([openGate(), openGate()])
    expect(waitOf(await one.enter('f1', urlOf('f')))).toBe(0)
    now += 500
    expect(waitOf(await other.enter('f2', urlOf('f')))).toBe(1_500)
    now += 1_500
    expect(waitOf(await other.enter('f2', urlOf('f')))).toBe(0)
  })

  it('is hardly a gap where the host is this machine', async () => {
    const gate = await openGate()
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:9']) {
      expect(waitOf(await gate.enter(`${host}1`, `http://${host}/1`))).toBe(0)
      expect(waitOf(await gate.enter(`${host}2`, `http://${host}/2`))).toBeLessThanOrEqual(20)
    }
  })
})
