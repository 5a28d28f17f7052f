import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { alarmLimits, rollingStreams } from './judge.js'

const file = join(import.meta.dirname, '../../../../infra/prometheus/newswire.rules.yml')

/** `NewswireDiskFull warning` → what is asked of Prometheus. */
const rules = new Map(
  readFileSync(file, 'utf8')
    .split('- alert: ')
    .slice(1)
    .map((rule) => {
      const field = (pattern: RegExp) => pattern.exec(rule)?.[1] ?? ''
      const name = `${field(/^(\w+)/)} ${field(/severity: (.+?) }$/m).replaceAll('"', '')}`
      return [name, field(/expr: (.*)/)] as const
    }),
)

const limits = alarmLimits
const disk = 'newswire_disk_free_bytes / newswire_disk_total_bytes'
const redis = 'newswire_redis_used_bytes / (newswire_redis_max_bytes > 0)'
const stream = `newswire_stream_bytes{stream!~"${rollingStreams.join('|')}"} / newswire_stream_bytes_max`
const letters = 'newswire_dead_letters'
const alarm = (kind: string, by = 'subject') =>
  `max by (${by}) (newswire_alarm{kind="${kind}"}) > 0`

it.each([
  [
    'NewswireDiskFull warning',
    `${disk} < ${limits.diskFreeShareLow} >= ${limits.diskFreeShareLeast}`,
  ],
  ['NewswireDiskFull critical', `${disk} < ${limits.diskFreeShareLeast}`],
  ['NewswireStreamFull critical', `${stream} > ${limits.streamShareHigh}`],
  [
    'NewswireRedisFull warning',
    `${redis} >= ${limits.redisShareHigh} < ${limits.redisShareHighest}`,
  ],
  ['NewswireRedisFull critical', `${redis} >= ${limits.redisShareHighest}`],
  ['NewswireDeadLetters warning', `${letters} > 0 < ${limits.deadLettersMany}`],
  ['NewswireDeadLetters critical', `${letters} >= ${limits.deadLettersMany}`],
  ['NewswireSourceSilent warning', alarm('sourceSilent')],
  ['NewswireDeliveryOld {{ $labels.severity }}', alarm('deliveryOld', 'severity')],
  ['NewswireKillUnacknowledged critical', alarm('killUnacknowledged')],
  ['NewswireConsumerStalled critical', alarm('consumerStalled')],
  ['NewswireNoData critical', alarm('noData')],
])('the rule %s fires at the level of the house', (name, expression) => {
  expect(rules.get(name)).toBe(expression)
})

it('each other rule is of what only somebody outside can see', () => {
  const outside = ['NewswireStageSlow warning', 'NewswireGone critical', 'NewswireBlind critical']
  expect([...rules.keys()].filter((name) => outside.includes(name))).toEqual(outside)
  expect(rules.size).toBe(outside.length + 12)
})
