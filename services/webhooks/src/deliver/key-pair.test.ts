import { expect, it } from 'vitest'
import { newKeyPair, privateKeyOf } from './key-pair.js'
import { signedHeaders } from './signature.js'

const reference =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='

it('signs the asymmetric reference vector of Standard Webhooks', () => {
  const headers = signedHeaders({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    now: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
    keys: [privateKeyOf(reference)],
  })
  expect(headers['webhook-signature']).toBe(
    'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
  )
})

it('is made anew each time, and is opened again', () => {
  const pair = newKeyPair()
  expect(newKeyPair()).not.toEqual(pair)
  expect(pair.public).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/)
  expect(privateKeyOf(pair.private).asymmetricKeyType).toBe('ed25519')
})

it.each([
  ['without its prefix', reference.slice(5)],
  ['with its seed alone', `whsk_${Buffer.alloc(32, 1).toString('base64')}`],
  ['with the public half of another', `whsk_${Buffer.alloc(64, 1).toString('base64')}`],
])('%s is refused', (_, text) => {
  expect(() => privateKeyOf(text)).toThrow('is none')
})
