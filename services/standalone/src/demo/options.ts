import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { StartError } from '../start-error.js'

export interface DemoOptions {
  /** Where people reach the house. */
  readonly port: number
  /** The same seed tells the same stories. */
  readonly seed: number
  /** Releases a second. */
  readonly rate: number
  readonly dataDir: string
}

export const help = `npm run demo: a lively wire that is made up, to look at

  npm run demo -- [options]

  --port <port>        where the pages are; 0 takes a free one (8080)
  --seed <number>      the same seed tells the same stories (1)
  --rate <number>      releases a second, 0.1 to 20 (1)
  --data-dir <folder>  where it keeps its data; emptied at each start (.newswire-demo)
  --help               this page
`

const rateMin = 0.1
const rateMax = 20
const portMax = 65_535

/** The options, or undefined where the help is asked for. */
export function readOptions(args: readonly string[], repository: string): DemoOptions | undefined {
  const { port, seed, rate, 'data-dir': folder, help: wantsHelp } = parsed(args)
  if (wantsHelp) return undefined
  return {
    port: numberIn('--port', port, { min: 0, max: portMax, whole: true }),
    seed: numberIn('--seed', seed, { min: 0, max: 2 ** 32 - 1, whole: true }),
    rate: numberIn('--rate', rate, { min: rateMin, max: rateMax, whole: false }),
    dataDir: resolve(repository, folder),
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8080' },
        seed: { type: 'string', default: '1' },
        rate: { type: 'string', default: '1' },
        'data-dir': { type: 'string', default: '.newswire-demo' },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw new StartError(`${(cause as Error).message}\nTry: npm run demo -- --help`, { cause })
  }
}

interface Range {
  readonly min: number
  readonly max: number
  readonly whole: boolean
}

function numberIn(name: string, text: string, { min, max, whole }: Range): number {
  const value = Number(text)
  const isIn = text.trim() !== '' && value >= min && value <= max
  if (isIn && (!whole || Number.isInteger(value))) return value
  const kind = whole ? 'a whole number' : 'a number'
  throw new StartError(`${name} is "${text}"; give ${kind} from ${min} to ${max}.`)
}
