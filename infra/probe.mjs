import { connect } from 'node:net'

/** A server that says nothing for this long is asked again on a new connection. */
const probeTimeoutMs = 1000

/**
 * The name of the nats-server on this port once it answers and has JetStream.
 * @param {number} port
 */
export async function probeNats(port) {
  const answer = await converse(port, 'CONNECT {"verbose":false}\r\nPING\r\n', 'PONG')
  const info = /^INFO (\{.*\})/.exec(answer)?.[1]
  if (!info) return undefined
  const { server_name: name, jetstream } = JSON.parse(info)
  return jetstream === true ? String(name) : undefined
}

/**
 * The process id of the redis-server on this port once it answers and has loaded its data.
 * @param {number} port
 */
export async function probeRedis(port) {
  // While it loads it answers INFO already, but PING with -LOADING.
  const answer = await converse(port, 'INFO server\r\nPING\r\n', '+PONG\r\n')
  return /process_id:(\d+)/.exec(answer)?.[1]
}

/**
 * What a server says to these lines, up to the words that end it; '' if it never says those.
 * @param {number} port
 * @param {string} lines
 * @param {string} end
 * @returns {Promise<string>}
 */
export function converse(port, lines, end) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let heard = ''
    /** @param {string} answer */
    const finish = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setEncoding('utf8')
    socket.setTimeout(probeTimeoutMs, () => finish(''))
    socket.on('connect', () => socket.write(lines))
    socket.on('error', () => finish(''))
    socket.on('close', () => finish(''))
    socket.on('data', (chunk) => {
      heard += chunk
      if (heard.includes(end)) finish(heard)
      else if (/^-(LOADING|NOAUTH|ERR)/m.test(heard)) finish('')
    })
  })
}
