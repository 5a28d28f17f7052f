import { type Command, CommanderError } from 'commander'
import { createProgram, type GlobalOptions, usageSentence } from './command/program.js'
import { createHouse, findHouse, refuseOther } from './house/index.js'
import type { LocalHouse } from './local/local-house.js'
import { clean, createScreen, type Screen, type Stream } from './screen/index.js'
import { type Outcome, outcomes, type Session } from './session.js'
import { UsageError } from './terminal-error.js'

export interface TerminalOptions {
  /** Without node and the program's name. */
  readonly args: readonly string[]
  readonly stdout: Stream
  readonly stderr: Stream
  readonly readStdin: () => Promise<Uint8Array>
  /** Undefined where nobody sits there to answer. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined
  /** From the environment: NEWSWIRE_URL and NEWSWIRE_KEY. */
  readonly url?: string | undefined
  readonly key?: string | undefined
  /** NO_COLOR and FORCE_COLOR; undefined: by what the stream is. */
  readonly colour?: boolean | undefined
  readonly local: LocalHouse
  /** Ctrl-C. */
  readonly signal: AbortSignal
  readonly version: string
  readonly now?: () => Date
}

/** How long work that Ctrl-C ends may take to end in order. */
const leaveWithinMs = 1_000

/** One run of the command line. Resolves with its exit code; says everything that is to be said. */
export async function runTerminal(options: TerminalOptions): Promise<Outcome> {
  const { args, stdout, stderr, signal } = options
  const screen = createScreen(options)
  let outcome: Outcome | undefined
  const program = createProgram({
    version: options.version,
    columns: screen.columns,
    hasColour: options.colour ?? stdout.isTTY === true,
    write: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
    async run(given, work) {
      outcome = await work(sessionOf(given, screen, options))
    },
  })
  try {
    const work = program.parseAsync(args.length === 0 ? ['help'] : [...args], { from: 'user' })
    await Promise.race([work, interruption(signal)])
    return outcome ?? outcomes.interrupted
  } catch (error) {
    screen.close()
    if (signal.aborted) return outcomes.interrupted
    return sayFault(error, stderr, program)
  } finally {
    screen.close()
  }
}

/** Work that does not look at Ctrl-C itself, such as on the bus, is left where it is. */
function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const leave = () => void setTimeout(resolve, leaveWithinMs).unref()
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
}

function sessionOf(given: GlobalOptions, screen: Screen, options: TerminalOptions): Session {
  const { signal, local, now = () => new Date(), readStdin, confirm } = options
  return {
    ...{ screen, signal, now, readStdin, confirm },
    isJson: given.json === true,
    house({ onlyWithGivenKey = false } = {}) {
      const wanted = { url: given.url ?? options.url, key: given.key ?? options.key }
      const { url, key } = findHouse(wanted, local)
      return createHouse({ url, signal, key: onlyWithGivenKey ? wanted.key : key })
    },
    here() {
      refuseOther(given.url ?? options.url, local)
      return local
    },
  }
}

/** Faults of the language are ours, and bring the place that they come from. */
const ownFaults = [TypeError, ReferenceError, RangeError, SyntaxError]

function sayFault(error: unknown, stderr: Stream, program: Command): Outcome {
  if (error instanceof CommanderError) {
    // Help that was asked for is no fault; help that is shown because nothing was asked is neither.
    if (error.exitCode === 0 || error.code === 'commander.help') return outcomes.done
    stderr.write(`${clean(usageSentence(error, program))}\n`)
    return outcomes.usage
  }
  const isOwn = ownFaults.some((kind) => error instanceof kind)
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  stderr.write(isOwn ? `${stack ?? message}\n` : `${clean(message)}\n`)
  return error instanceof UsageError ? outcomes.usage : outcomes.failed
}
