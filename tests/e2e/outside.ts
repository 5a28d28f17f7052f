import { askRedis, type Catcher, type Newswire, type TestServer } from '@newswire/kit'

const formats = ['rss', 'atom', 'json', 'ninjs'] as const
const filters = ['', 'lang=de', 'lang=en', 'region=DE', 'not.region=FR', 'source=na', 'limit=500']
const pages = [
  ...['/', '/webhooks', '/dashboard', '/dashboard/queues', '/health', '/metrics'],
  ...['/api/openapi.json', '/feeds/opml', '/hub', '/api/v1/status', '/api/v1/dead-letters'],
  ...['/api/v1/matters', '/sitemap.xml', '/robots.txt'],
]

export interface Outside {
  readonly newswire: Newswire
  readonly catcher: Catcher
  /** Where the jobs lie. */
  readonly redis: TestServer
}

/** Addresses that have to stay the same, byte for byte, whatever is held. */
export function listAddresses(words: readonly string[]): string[] {
  const queries = [...filters, ...words.map((word) => `q=${encodeURIComponent(word)}`)]
  const withQuery = (path: string) =>
    queries.map((query) => (query === '' ? path : `${path}?${query}`))
  return [
    ...formats.flatMap((format) => withQuery(`/feeds/${format}`)),
    ...withQuery('/api/v1/items').filter((path) => !path.includes('limit=500')),
  ]
}

/** Status, ETag and body of each address, as anyone without a key gets them. */
export async function lookAt(
  { url }: Newswire,
  addresses: readonly string[],
): Promise<Map<string, string>> {
  const looks = addresses.map(async (address) => {
    const answer = await fetch(url + address, { redirect: 'manual' })
    return [
      address,
      `${answer.status} ${answer.headers.get('etag')}\n${await answer.text()}`,
    ] as const
  })
  return new Map(await Promise.all(looks))
}

/** Where any of the needles shows: places that people, machines and operators can look at. */
export async function placesWith(
  { newswire, catcher, redis }: Outside,
  needles: readonly string[],
): Promise<string[]> {
  const places = await lookAt(newswire, pages)
  places.set('the log', newswire.logs())
  places.set('calls of webhooks', catcher.requests.map(({ body }) => body).join('\n'))
  places.set('jobs in Redis', await jobsIn(redis))
  return [...places].flatMap(([place, text]) =>
    needles.filter((needle) => text.includes(needle)).map((needle) => `${place}: ${needle}`),
  )
}

/** Every key of BullMQ with all that it holds, as one text. */
function jobsIn(redis: TestServer): Promise<string> {
  return askRedis(redis, 'EVAL', everythingOfJobs, '0')
}

const everythingOfJobs = `
local read = {
  string = function(key) return {redis.call('GET', key)} end,
  list = function(key) return redis.call('LRANGE', key, 0, -1) end,
  set = function(key) return redis.call('SMEMBERS', key) end,
  zset = function(key) return redis.call('ZRANGE', key, 0, -1) end,
  hash = function(key) return redis.call('HGETALL', key) end,
  stream = function(key) return {cjson.encode(redis.call('XRANGE', key, '-', '+'))} end,
}
local all = {}
for _, key in ipairs(redis.call('KEYS', '{nw}*')) do
  all[#all + 1] = key .. ' ' .. table.concat(read[redis.call('TYPE', key).ok](key), ' ')
end
return table.concat(all, '\\n')
`
