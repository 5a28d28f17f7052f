import { addRoutes, createServer, pagePolicy } from '@newswire/http'
import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { expect, onTestFinished, test } from 'vitest'
import { feedRoutes } from '../feed-routes.js'
import type { Renderings } from '../renderings.js'
import { assetRoutes } from './asset-routes.js'

const renderings = {
  get: async () => {
    throw new Error('no feed is asked for here')
  },
  onPublicChange: () => undefined,
} as unknown as Renderings

test.each([
  ['/feeds/page.js', 'text/javascript; charset=utf-8', 'data-copy'],
  ['/feeds/page.css', 'text/css; charset=utf-8', '.subscribe'],
])(
  '%s is a file beside the feeds, which the policy of pages lets load',
  async (url, type, part) => {
    const { log } = quietLog()
    const metrics = createMetrics()
    const server = await createServer({
      ...{ log, metrics, cookieSecret: 'a secret for the tests of assets' },
      keyRing: {
        find: async () => undefined,
        byId: async () => undefined,
        create: async () => ({ id: '', key: '' }),
        list: async () => [],
        revoke: async () => false,
      },
      health: async () => ({ ready: true, parts: {} }),
    })
    onTestFinished(() => server.close())
    await addRoutes(
      server,
      feedRoutes({ renderings, metrics, publicUrl: '', asOf: () => undefined }),
    )
    await addRoutes(server, assetRoutes())
    const answer = await server.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe(type)
    expect(answer.headers['content-security-policy']).toBe(pagePolicy)
    expect(answer.body).toContain(part)
  },
)

test('the policy of pages lets nothing inline run or style', () => {
  expect(pagePolicy).toContain("script-src 'self';")
  expect(pagePolicy).toContain("style-src 'self';")
})
