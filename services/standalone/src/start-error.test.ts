import { expect, test } from 'vitest'
import { StartError, sayWhatToDo } from './start-error.js'

test('what a package says stays as it is', () => {
  const cause = new Error('Redis at x does not answer. Start it, or correct REDIS_URL.')
  expect(() => sayWhatToDo(cause)).toThrow(new StartError(cause.message))
})

test('where the disk is too small, the setting is named', () => {
  const cause = new Error(
    "The NATS server has no room for stream RAW (9 bytes). Lower streamLimits.RAW.bytesMax or raise the server's jetstream max_file_store.",
  )
  expect(() => sayWhatToDo(cause)).toThrow(
    'The NATS server has no room for stream RAW (9 bytes). Make room on its disk, or lower STREAM_BYTES_MAX.',
  )
})
