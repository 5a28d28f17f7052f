import { Command, type CommanderError } from 'commander'
import type { Outcome, Session } from '../session.js'
import { houseCommands } from './house-commands.js'
import { localCommands } from './local-commands.js'
import { operatorCommands } from './operator-commands.js'
import { webhookCommands } from './webhook-commands.js'

export interface GlobalOptions {
  readonly url?: string
  readonly key?: string
  readonly json?: boolean
}

export interface ProgramOptions {
  readonly version: string
  readonly columns: number
  readonly hasColour: boolean
  readonly write: (text: string) => void
  readonly writeError: (text: string) => void
  /** Makes the session of a command from what was given to it. */
  readonly run: (
    given: GlobalOptions,
    work: (session: Session) => Promise<Outcome>,
  ) => Promise<void>
}

/** How a group of commands hangs itself up. */
export interface Hung {
  readonly program: Command
  /** An action: its last argument is the command, from which the options of all levels are read. */
  act<A extends readonly unknown[]>(
    work: (session: Session, ...args: A) => Promise<Outcome>,
  ): (...args: [...A, Command]) => Promise<void>
}

/** Commander breaks no lines that have less room than this. */
const minWidthToWrap = 16

const epilogue = `
Where the house is: --url, NEWSWIRE_URL, or the one that \`npm start\` runs on DATA_DIR here.
Your key: --key, NEWSWIRE_KEY, NEWSWIRE_KEY_FILE, or the admin key in DATA_DIR for that house.
Exit codes: 0 done, 1 it failed or is not well, 2 wrong usage. NO_COLOR=1 takes the colours away.

Examples:
  $ newswire status
  $ newswire ingest release.txt
  $ newswire tail region=CN lang=de
  $ newswire items topic=medtop:04000000 --json
  $ newswire webhooks --help
`

/** The whole command line; parsing throws CommanderError where it is not as it must be. */
export function createProgram(options: ProgramOptions): Command {
  const { version, columns, hasColour, write, writeError, run } = options
  const program = new Command('newswire')
    .description('The terminal of Newswire: releases in, clean tagged items out.')
    .version(version, '-V, --version', 'print the version')
    .option('--url <address>', 'the house, such as https://wire.example.org')
    .option(
      '--key <key>',
      'your key; better kept in NEWSWIRE_KEY, where no list of processes shows it',
    )
    .option('--json', 'one JSON document for scripts; NDJSON for tail')
    .helpOption('-h, --help', 'what a command takes, with examples')
    .helpCommand('help [command]', 'this page, or the one of a command')
    .addHelpText('after', epilogue)
    .showSuggestionAfterError(true)
    .configureHelp({ showGlobalOptions: true, helpWidth: columns, minWidthToWrap })
    .configureOutput({
      writeOut: write,
      writeErr: writeError,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      getOutHasColors: () => hasColour,
      getErrHasColors: () => hasColour,
      outputError: () => undefined,
    })
    .exitOverride()
  const hung: Hung = { program, act: actOf(run) }
  for (const hang of [houseCommands, webhookCommands, operatorCommands, localCommands]) hang(hung)
  return program
}

function actOf(run: ProgramOptions['run']): Hung['act'] {
  return <A extends readonly unknown[]>(work: (session: Session, ...args: A) => Promise<Outcome>) =>
    async (...all: [...A, Command]) => {
      // Commander hands over arguments, the command's own options, and the command.
      const command = all.at(-1) as Command
      const args = all.slice(0, -1) as unknown as A
      await run(command.optsWithGlobals<GlobalOptions>(), (session) => work(session, ...args))
    }
}

/** Commander's words as one sentence: `error: unknown command 'tial'\n(Did you mean tail?)`. */
export function usageSentence({ message }: CommanderError, program: Command): string {
  const text = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*\((.*)\)\s*$/s, '. $1')
    .trim()
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  const ended = /[.?!]$/.test(sentence) ? sentence : `${sentence}.`
  return `${ended} See: ${[...namesOf(program), '--help'].join(' ')}`
}

/** The names of the command that was meant, as far as the words lead. */
function namesOf(command: Command): string[] {
  const next = command.commands.find((each) => each.name() === command.args[0])
  return [command.name(), ...(next === undefined ? [] : namesOf(next))]
}
