import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixture, type Newswire, startCatcher, startNewswire } from '@newswire/kit'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FedItem, feedItems, push, receiptOf } from './feeds-of.js'

const headline =
  'Westchinas Chongqing Liangjiang New Area nutzt die Beziehungen zur SCO für eine größere Öffnung'
const issuer = 'Chongqing Liangjiang New Area'
const credit = `Original-Content von: ${issuer}, übermittelt durch news aktuell`

let newswire: Newswire
beforeAll(async () => {
  newswire = await startNewswire()
})
afterAll(() => newswire.stop())

describe('the first sample, pushed as text', () => {
  let item: FedItem

  test('is in the feed within a second', async () => {
    const pushed = await push(newswire, fixture('chongqing.txt'))
    expect(pushed.status).toBe(202)
    await expect.poll(() => feedItems(newswire), { timeout: 1_000 }).toHaveLength(1)
    const [only] = await feedItems(newswire)
    if (!only) throw new Error('The feed lost its item.')
    item = only
    const receipt = await receiptOf(newswire, pushed)
    expect(receipt).toEqual({ state: 'normalized', id: item._newswire.id, version: 1 })
  })

  test.each(['rss', 'atom', 'json'])(
    'is in %s for what it is about, and in no other',
    async (format) => {
      const holds = async (query: string) => {
        const answer = await fetch(`${newswire.url}/feeds/${format}${query}`)
        expect(answer.status).toBe(200)
        return (await answer.text()).includes(item.id)
      }
      for (const query of ['', '?region=CN', '?lang=de', '?region=142', '?topic=medtop:04000000']) {
        expect(await holds(query), `${format}${query}`).toBe(true)
      }
      for (const query of ['?region=FR', '?lang=en', '?topic=medtop:15000000', '?not.region=CN']) {
        expect(await holds(query), `${format}${query}`).toBe(false)
      }
    },
  )

  test('has the right headline, dateline, issuer, credit and language', async () => {
    const answer = await fetch(`${newswire.url}/api/v1/items/${item._newswire.id}`)
    expect(await answer.json()).toMatchObject({
      headlines: [{ value: headline }],
      language: 'de',
      copyrightNotice: credit,
      _newswire: {
        wire: 'na',
        headline,
        issuer: { name: issuer },
        credit,
        complete: true,
        dateline: {
          raw: 'Chongqing, China (ots/PRNewswire)',
          places: ['Chongqing', 'China'],
          wire: 'ots/PRNewswire',
        },
      },
    })
  })

  test('has tags whose evidence stands where it says', async () => {
    const answer = await fetch(`${newswire.url}/api/v1/items/${item._newswire.id}`)
    const shown = (await answer.json()) as { bodies: { role: string; value: string }[] }
    const fields: Record<string, string> = {
      headline,
      text: shown.bodies.find((body) => body.role === 'text')?.value ?? '',
    }
    const tags = item._newswire.tags
    expect(tags.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'CN',
        'bloc:SCO',
        'bloc:BRI',
        'bloc:ASEAN',
        'bloc:EU',
        'medtop:04000000',
      ]),
    )
    expect(tags.find(({ code }) => code === 'CN')?.primary).toBe(true)
    const evidence = tags.flatMap((tag) => tag.evidence)
    expect(evidence.length).toBeGreaterThan(5)
    for (const { field, start, end, text } of evidence) {
      expect(fields[field]?.slice(start, end)).toBe(text)
    }
  })

  test('changes nothing when it is pushed again', async () => {
    const again = await push(newswire, fixture('chongqing.txt'))
    await expect
      .poll(async () => (await receiptOf(newswire, again.clone())).state, { timeout: 2_000 })
      .toBe('unchanged')
    expect(await feedItems(newswire)).toHaveLength(1)
  })
})

test('a webhook for China receives it once, and its signature verifies', async () => {
  await using own = await startNewswire()
  await using catcher = await startCatcher()
  const registered = await own.api('/api/v1/webhooks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${catcher.url}/hook`, filter: { region: ['CN'] } }),
  })
  expect(registered.status).toBe(201)
  const { secret } = (await registered.json()) as { secret: string }
  await push(own, fixture('chongqing.txt'))
  await push(own, 'Autre nouvelle\n\nParis (ots) - Rien de neuf dans la ville.\n')
  await expect.poll(() => catcher.events(), { timeout: 3_000 }).toHaveLength(1)
  await expect.poll(() => feedItems(own), { timeout: 2_000 }).toHaveLength(2)
  const [event] = catcher.events()
  if (!event) throw new Error('The catcher lost its event.')
  expect(event.type).toBe('item.published')
  expect(event.data).toMatchObject({ headlines: [{ value: headline }] })
  const headers = event.request.headers as Record<string, string>
  expect(() => new Webhook(secret).verify(event.request.body, headers)).not.toThrow()
  expect(() => new Webhook(secret).verify(`${event.request.body} `, headers)).toThrow()
  expect(headers).toMatchObject({ 'newswire-version': '1', 'newswire-sequence': '1' })
  expect(catcher.events()).toHaveLength(1)
})

test('dropped into the folder it is in the feed within a second, and moved to done', async () => {
  await using own = await startNewswire()
  const drop = join(own.dataDir, 'drop')
  writeFileSync(join(drop, '.sample.part'), fixture('chongqing.txt'))
  renameSync(join(drop, '.sample.part'), join(drop, 'sample.txt'))
  await expect.poll(() => feedItems(own), { timeout: 1_500 }).toHaveLength(1)
  const [item] = await feedItems(own, 'region=CN')
  expect(item?.title).toBe(headline)
})
