import { addRoutes, createServer } from '@newswire/http'
import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { expect, test, vi } from 'vitest'
import { noKeys, publicUrl } from './fixtures/house.js'
import { feedLimits } from './limits.js'
import { opmlRoutes } from './opml-routes.js'

test('the list of all feeds is written once, until there is another code', async () => {
  const server = await createServer({
    ...{ log: quietLog().log, metrics: createMetrics(), keyRing: noKeys, publicUrl },
    health: async () => ({ ready: true, parts: {} }),
    cookieSecret: 'a secret for the tests of the feeds',
  })
  let regions = ['CN']
  let nowMs = 0
  const written = vi.fn()
  // Whoever writes the list goes through its codes.
  const filter = (...how: Parameters<string[]['filter']>) => {
    written()
    return Array.prototype.filter.apply(regions, how)
  }
  const routes = opmlRoutes({
    ...{ publicUrl, ready: async () => undefined, clock: { now: () => new Date(nowMs) } },
    store: {
      facetValues: async (key) => (key === 'region' ? Object.assign([...regions], { filter }) : []),
    },
  })
  await addRoutes(server, routes)
  const ask = async (query = '') => (await server.inject(`/feeds/opml${query}`)).body
  const first = await ask()
  expect(first).toContain('region=CN')
  expect(await ask()).toBe(first)
  expect(written).toHaveBeenCalledTimes(1)
  nowMs += feedLimits.facetValuesMsMax + 1
  expect(await ask()).toBe(first)
  expect(written).toHaveBeenCalledTimes(1)
  await ask('?hl=de')
  expect(written).toHaveBeenCalledTimes(2)
  regions = ['CN', 'JP']
  nowMs += feedLimits.facetValuesMsMax + 1
  expect(await ask()).toContain('region=JP')
  expect(written).toHaveBeenCalledTimes(3)
  await server.close()
})
