import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { newSecret, secretBytes, secretKeyOf, signedHeaders } from './signature.js'

const keyOf = (secret: string) => secretKeyOf(secret) ?? Buffer.alloc(0)

it('signs the reference vector of the Standard Webhooks specification', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const headers = signedHeaders({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    now: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
    keys: [keyOf(secret)],
  })
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

it('is verified by the standardwebhooks library, umlauts and two secrets included', () => {
  const secrets = [newSecret(), newSecret()]
  const body = JSON.stringify({ headline: 'Größe zählt: 重庆' })
  const now = new Date()
  const headers = { ...signedHeaders({ id: 'msg_1', now, body, keys: secrets.map(keyOf) }) }
  for (const secret of secrets) {
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
  }
  expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow()
})

describe('a secret', () => {
  it('is made of 32 random bytes', () => {
    expect(keyOf(newSecret())).toHaveLength(secretBytes.made)
    expect(newSecret()).not.toBe(newSecret())
  })

  it.each([
    ['without the prefix', Buffer.alloc(32).toString('base64')],
    ['with 23 bytes', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['with 65 bytes', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['with a space', `whsec_${Buffer.alloc(32).toString('base64')} `],
    ['with characters that are no base64', `whsec_${'?'.repeat(44)}`],
    ['with bits that base64 does not have', `whsec_${'A'.repeat(42)}B`],
  ])('%s is refused', (_, secret) => {
    expect(secretKeyOf(secret)).toBeUndefined()
  })

  it.each([24, 64])('of %i bytes is taken', (length) => {
    expect(secretKeyOf(`whsec_${Buffer.alloc(length, 7).toString('base64')}`)).toHaveLength(length)
  })
})
