import type { Command } from 'commander'
import { changeDead, type ListOptions, listDead, type ManyOptions, showDead } from '../dead/dead.js'
import {
  type AddSourceOptions,
  addSource,
  deleteSource,
  listSources,
  pollSource,
  setEnabled,
  showSource,
} from '../sources/sources.js'
import { wholeNumber } from './arguments.js'
import { checkNoWord } from './group.js'
import { examples } from './house-commands.js'
import type { Hung } from './program.js'

const lettersMax = 10_000
const everySecondsMax = 86_400

/** What an operator does: sources and dead letters. */
export function operatorCommands({ program, act }: Hung): void {
  sourceCommands(
    program
      .command('sources')
      .summary('see, add and poll sources')
      .description('Sees, adds and polls sources. Without a word after it, lists them.')
      .addHelpText(
        'after',
        examples(
          'newswire sources',
          'newswire sources add https://example.org/press.rss --name Example',
          'newswire sources poll example-org-1a2b3c4d',
        ),
      ),
    act,
  )
  deadCommands(
    program
      .command('dead')
      .summary('look at dead letters, replay or discard them')
      .description(
        'Looks at dead letters, replays or discards them. Without a word after it, lists them.',
      )
      .addHelpText(
        'after',
        examples(
          'newswire dead',
          'newswire dead show 12',
          'newswire dead replay --stage normalizer',
          'newswire dead discard 12 13',
        ),
      ),
    act,
  )
}

function sourceCommands(sources: Command, act: Hung['act']): void {
  sources
    .command('list', { isDefault: true })
    .allowExcessArguments(true)
    .hook('preAction', checkNoWord)
    .description('List sources with state and next poll.')
    .action(act((session) => listSources(session)))
  sources
    .command('show')
    .argument('<id>')
    .description('Show one source.')
    .action(act((session, id: string) => showSource(id, session)))
  sources
    .command('add')
    .argument('<url>', 'of the feed; drop:name for a folder below the drop folder')
    .description('Add a source.')
    .option('--kind <kind>', 'rss, websub, presseportal-api or drop', 'rss')
    .option('--wire <wire>', 'the wire that it belongs to; else by its address')
    .option('--name <name>', 'a name for people')
    .option('--every <seconds>', 'how often it is polled', wholeNumber(1, everySecondsMax))
    .option('--rights <rights>', 'full, teaser or private')
    .option('--source-key <key>', 'the key of a presseportal-api')
    .action(
      act((session, url: string, options: AddSourceOptions) => addSource(url, options, session)),
    )
  sources
    .command('poll')
    .argument('<id>')
    .description('Poll a source now; exit code 1 if it fails.')
    .action(act((session, id: string) => pollSource(id, session)))
  sources
    .command('pause')
    .argument('<id>')
    .description('Poll a source no more.')
    .action(act((session, id: string) => setEnabled(id, false, session)))
  sources
    .command('resume')
    .argument('<id>')
    .description('Poll a source again.')
    .action(act((session, id: string) => setEnabled(id, true, session)))
  sources
    .command('delete')
    .argument('<id>')
    .description('Delete a source; its items stay.')
    .action(act((session, id: string) => deleteSource(id, session)))
}

function deadCommands(dead: Command, act: Hung['act']): void {
  dead
    .command('list', { isDefault: true })
    .allowExcessArguments(true)
    .hook('preAction', checkNoWord)
    .description('List dead letters, newest first.')
    .option('--stage <stage>', 'of one stage: normalizer, tagger, webhooks')
    .option('-n, --limit <count>', 'how many to list', wholeNumber(1, lettersMax), 50)
    .action(act((session, options: ListOptions) => listDead(options, session)))
  dead
    .command('show')
    .argument('<id>')
    .description('Show a dead letter with its whole input.')
    .action(act((session, id: string) => showDead(id, session)))
  for (const action of ['replay', 'discard'] as const) {
    const command = dead
      .command(action)
      .argument('[id...]')
      .description(
        action === 'replay'
          ? 'Give dead letters to their stages again.'
          : 'Discard dead letters for good.',
      )
      .option('--stage <stage>', 'all of a stage')
      .option('--all', 'all of them')
    if (action === 'discard') command.option('-y, --yes', 'do not ask before many are discarded')
    command.action(
      act((session, ids: string[], options: ManyOptions) =>
        changeDead(action, ids, options, session),
      ),
    )
  }
}
