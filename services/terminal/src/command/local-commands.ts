import { Option } from 'commander'
import { adminKey, rebuild, retag } from '../local/local-commands.js'
import { type RetagOptions, tellable } from '../local/local-house.js'
import { examples } from './house-commands.js'
import type { Hung } from './program.js'

/** What works on the data folder itself, on the machine of the house. */
export function localCommands({ program, act }: Hung): void {
  program
    .command('rebuild')
    .summary('make the read models in Redis again (here)')
    .description(
      'Makes the read models in Redis again from JetStream, on the machine of the house.',
    )
    .addHelpText('after', examples('newswire rebuild', 'DATA_DIR=/srv/newswire newswire rebuild'))
    .action(act((session) => rebuild(session)))
  program
    .command('retag')
    .summary('what a new vocabulary changes in public items (here)')
    .description(
      "Says what this program's vocabulary would change in public items, and with --apply changes it: feeds follow, and webhooks are told nothing unless asked to.",
    )
    .option('--apply', 'change it', false)
    .addOption(
      new Option(
        '--tell <whom>',
        'which webhooks are told: those that the new tags bring an item to, or all whose filter takes it',
      )
        .choices(tellable)
        .default('nobody'),
    )
    .addHelpText('after', examples('newswire retag', 'newswire retag --apply --tell matches'))
    .action(act((session, options: RetagOptions) => retag(options, session)))
  program
    .command('admin-key')
    .summary('make a new admin key in place of the old one (here)')
    .description(
      'Makes a new admin key in place of the one that Newswire made before, and prints it.',
    )
    .addHelpText('after', examples('newswire admin-key'))
    .action(act((session) => adminKey(session)))
}
