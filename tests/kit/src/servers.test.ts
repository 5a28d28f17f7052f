import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { askRedis, startNats, startRedis } from './index.js'

/** What Redis answers to one command. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.once('error', reject)
    socket.once('data', (data) => {
      socket.destroy()
      resolve(data.toString())
    })
  })
}

test('a restarted Redis has the same port and the same data, even after SIGKILL', async () => {
  await using redis = await startRedis()
  expect(await ask(redis.port, 'SET issuer acme')).toBe('+OK\r\n')
  const before = redis.pid
  await redis.kill()
  await expect(ask(redis.port, 'PING')).rejects.toThrow('ECONNREFUSED')
  await redis.restart()
  expect(redis.pid).not.toBe(before)
  expect(await ask(redis.port, 'GET issuer')).toBe('$4\r\nacme\r\n')
})

test('Redis keeps every job rather than making room', async () => {
  await using redis = await startRedis()
  expect(await ask(redis.port, 'CONFIG GET maxmemory-policy')).toContain('noeviction')
  expect(await ask(redis.port, 'CONFIG GET appendonly')).toContain('yes')
})

test('NATS answers with JetStream and takes 8 MB, before and after a restart', async () => {
  await using nats = await startNats()
  const greeting = await ask(nats.port, 'PING')
  expect(greeting).toContain('"jetstream":true')
  expect(greeting).toContain('"max_payload":8388608')
  await nats.restart()
  expect(await ask(nats.port, 'PING')).toContain('"jetstream":true')
})

test('a Redis is asked one command, and its answer is text', async () => {
  await using redis = await startRedis()
  expect(await askRedis(redis, 'SET', 'issuer', 'Müller & Söhne\r\nAG')).toBe('OK')
  expect(await askRedis(redis, 'GET', 'issuer')).toBe('Müller & Söhne\r\nAG')
  expect(await askRedis(redis, 'GET', 'nobody')).toBe('')
  expect(await askRedis(redis, 'DEL', 'issuer')).toBe('1')
  await expect(askRedis(redis, 'NOTHING')).rejects.toThrow(/unknown command/)
})

test('many servers start beside each other', async () => {
  const servers = await Promise.all([startNats(), startNats(), startRedis(), startRedis()])
  expect(new Set(servers.map(({ port }) => port)).size).toBe(4)
  await Promise.all(servers.map((server) => server.stop()))
})
