import { type IngestOptions, ingest } from '../ingest/ingest.js'
import { type ItemsOptions, items } from '../items/items.js'
import { status } from '../status/status.js'
import { type TailOptions, tail } from '../tail/tail.js'
import { wholeNumber } from './arguments.js'
import type { Hung } from './program.js'

const itemsMax = 10_000
const lastMax = 100
const timeoutSecondsMax = 3_600

/** What people do most: put in, watch, look up, ask how it is. */
export function houseCommands({ program, act }: Hung): void {
  program
    .command('ingest')
    .summary('push releases and follow them to the end')
    .description(
      'Pushes releases, follows their receipts to the end and says what became of each: its item, a duplicate, held by an embargo, or a dead letter with its reason.',
    )
    .argument('<file...>', 'files of any format that the API takes; - is stdin')
    .option('-t, --type <type>', 'text, ninjs, newsml, nitf, xml, or a content type; else by name')
    .option('--no-wait', 'print the receipts and do not follow them')
    .option('--timeout <seconds>', 'how long to follow', wholeNumber(1, timeoutSecondsMax), 60)
    .addHelpText(
      'after',
      examples(
        'newswire ingest release.txt',
        'newswire ingest wire/*.xml --json',
        "curl -s https://example.org/r.txt | newswire ingest - --type 'text/plain; charset=latin1'",
      ),
    )
    .action(
      act((session, files: string[], options: IngestOptions) => ingest(files, options, session)),
    )
  watchCommands({ program, act })
}

function watchCommands({ program, act }: Hung): void {
  program
    .command('tail')
    .summary('watch items as they become public')
    .description(
      'Shows items as they become public, corrections and withdrawals too, until Ctrl-C.',
    )
    .argument('[filter...]', filterHelp)
    .option(
      '-n, --last <count>',
      'how many of the newest to begin with',
      wholeNumber(0, lastMax),
      10,
    )
    .addHelpText(
      'after',
      examples(
        'newswire tail',
        'newswire tail region=CN lang=de,en',
        'newswire tail \'q="belt and road"\' not.topic=medtop:15000000',
        'newswire tail -n 0 --json | jq -r .headline',
      ),
    )
    .action(act((session, parts: string[], options: TailOptions) => tail(parts, options, session)))

  program
    .command('items')
    .summary('list items by a filter, or show one in full')
    .description(
      'Lists items by a filter, newest first; with an id, shows that item in full: credit, version, tags with the words that led to them, text.',
    )
    .argument('[filter-or-id...]', `${filterHelp}; or one id`)
    .option('-n, --limit <count>', 'how many to list', wholeNumber(1, itemsMax), 20)
    .option('--no-text', 'an item without its text')
    .addHelpText(
      'after',
      examples(
        'newswire items',
        'newswire items region=DE-BY topic=medtop:04000000 -n 100',
        'newswire items na-5000007',
        'newswire items --json issuer=acme-ag',
      ),
    )
    .action(
      act((session, parts: string[], options: ItemsOptions) => items(parts, options, session)),
    )

  program
    .command('status')
    .summary('how the house is; exit code 1 if it is not well')
    .description(
      'Says how the house is: alarms first, then stages with what waits, sources, deliveries. The exit code is 1 while an alarm stands.',
    )
    .addHelpText('after', examples('newswire status', 'newswire status --json | jq .alarms'))
    .action(act((session) => status(session)))
}

export const filterHelp =
  'key=value parts: region, topic, lang, source, issuer, q, and not.<key>; commas mean any of'

/** The last part of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`
}
