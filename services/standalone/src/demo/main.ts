import { repository } from '@newswire/infra'
import { begin, createLogger, run } from '@newswire/runtime'
import { toldOnce } from '../one-signal.js'
import { prepareDemo } from './demo.js'
import { guide } from './guide.js'
import { help, readOptions } from './options.js'

/** The house's servers bring what they hold to the disk first. */
const stopMsMax = 30_000

/** A lively wire to look at: what `npm run demo` runs. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), repository)
  if (options === undefined) return say(help)
  const log = createLogger({ name: 'demo', level: 'warn', destination: process.stderr })
  say('The demo is starting …\n')
  const { url, adminKey, workers } = await prepareDemo(options)
  await run({
    ...{ workers, log, stopMsMax, process: toldOnce() },
    onStarted: () => say(guide({ url, adminKey, ...options })),
    close: async () => say('The demo has ended.\n'),
  })
}

function say(text: string): void {
  process.stdout.write(text)
}

await begin(main)
