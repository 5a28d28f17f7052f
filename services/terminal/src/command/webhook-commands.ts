import type { Command } from 'commander'
import { type DeliveriesOptions, listDeliveries, showDelivery } from '../webhooks/deliveries.js'
import { type ReplayOptions, replayWebhook } from '../webhooks/replay.js'
import { drillWebhook, testWebhook } from '../webhooks/try-out.js'
import {
  type AddOptions,
  addWebhook,
  deleteWebhook,
  listWebhooks,
  rotateSecret,
  setStatus,
  showWebhook,
} from '../webhooks/webhooks.js'
import { collected, wholeNumber } from './arguments.js'
import { checkNoWord } from './group.js'
import { examples } from './house-commands.js'
import type { Hung } from './program.js'

const deliveriesMax = 10_000
const rateMax = 10_000

export function webhookCommands({ program, act }: Hung): void {
  const webhooks = program
    .command('webhooks')
    .summary('register, try out and repair webhooks')
    .description('Registers, tries out and repairs webhooks. Without a word after it, lists them.')
    .addHelpText(
      'after',
      examples(
        'newswire webhooks',
        'newswire webhooks add https://example.org/hook --filter region=CN --filter lang=de',
        'newswire webhooks drill wh_1',
        'newswire webhooks deliveries wh_1 --status failed',
        'newswire webhooks replay wh_1',
      ),
    )
  webhooks
    .command('list', { isDefault: true })
    .allowExcessArguments(true)
    .hook('preAction', checkNoWord)
    .description('List your webhooks.')
    .action(act((session) => listWebhooks(session)))
  webhooks
    .command('show')
    .argument('<id>')
    .description('Show one webhook.')
    .action(act((session, id: string) => showWebhook(id, session)))
  addCommand(webhooks, act)
  tryCommands(webhooks, act)
  deliveryCommands(webhooks, act)
  webhooks
    .command('rotate')
    .argument('<id>')
    .description('Make a new secret; the old one signs beside it for 24 hours.')
    .action(act((session, id: string) => rotateSecret(id, session)))
  webhooks
    .command('pause')
    .argument('<id>')
    .description('Pause a webhook; what it misses waits.')
    .action(act((session, id: string) => setStatus(id, 'paused', session)))
  webhooks
    .command('resume')
    .argument('<id>')
    .description('Let a paused or disabled webhook go on.')
    .action(act((session, id: string) => setStatus(id, 'active', session)))
  webhooks
    .command('delete')
    .argument('<id>')
    .description('Delete a webhook for good.')
    .action(act((session, id: string) => deleteWebhook(id, session)))
}

function addCommand(webhooks: Command, act: Hung['act']): void {
  webhooks
    .command('add')
    .argument('<url>', 'where it is called')
    .description(
      'Register a webhook and print its secret, once. The endpoint is asked to prove itself first.',
    )
    .option(
      '-f, --filter <part>',
      'which items, such as region=CN; may be given several times',
      collected,
    )
    .option('--name <name>', 'a name for people')
    .option('--format <format>', 'newswire, cloudevents or thin')
    .option('--events <event...>', 'item.published, item.updated, item.corrected, item.withdrawn')
    .option('--header <header>', 'a header of your own, "Name: value"; several times', collected)
    .option('--signature <kind>', 'hmac, ed25519 or both')
    .option('--rate <number>', 'calls per second at most', wholeNumber(1, rateMax))
    .option('--paused', 'begin paused')
    .option('--no-verify', 'do not ask it to prove itself')
    .addHelpText(
      'after',
      examples(
        'newswire webhooks add https://example.org/hook --filter region=CN --filter lang=de',
        'newswire webhooks add https://example.org/hook --format thin --events item.withdrawn',
      ),
    )
    .action(act((session, url: string, options: AddOptions) => addWebhook(url, options, session)))
}

function tryCommands(webhooks: Command, act: Hung['act']): void {
  webhooks
    .command('test')
    .argument('<id>')
    .description('Send one signed call and tell the answer; exit code 1 if it was not taken.')
    .action(act((session, id: string) => testWebhook(id, session)))
  webhooks
    .command('drill')
    .argument('<id>')
    .description(
      'Play the life of a test item at the receiver: a duplicate, a late version, a forgery, a withdrawal. Exit code 1 if it does one of them wrong.',
    )
    .action(act((session, id: string) => drillWebhook(id, session)))
}

function deliveryCommands(webhooks: Command, act: Hung['act']): void {
  webhooks
    .command('deliveries')
    .argument('[id]', 'of one webhook; else of all')
    .description('List what was sent and what came of it, newest first.')
    .option('--status <state>', 'open, waiting, retry, delivered, failed or superseded')
    .option('--item <id>', 'of one item')
    .option('--from <time>', 'planned at or after')
    .option('--to <time>', 'planned before')
    .option('-n, --limit <count>', 'how many to list', wholeNumber(1, deliveriesMax), 20)
    .addHelpText(
      'after',
      examples(
        'newswire webhooks deliveries --status failed',
        'newswire webhooks deliveries wh_1 --item na-5000007',
      ),
    )
    .action(
      act((session, id: string | undefined, options: DeliveriesOptions) =>
        listDeliveries(id, options, session),
      ),
    )
  webhooks
    .command('delivery')
    .argument('<id>', 'of the webhook')
    .argument('<delivery>', 'its id in the list')
    .description('Show one delivery with every attempt and the answer.')
    .action(act((session, id: string, of: string) => showDelivery(id, of, session)))
  webhooks
    .command('replay')
    .argument('<id>')
    .description(
      'Send what a webhook missed again, always in the newest version, and follow it to the end.',
    )
    .option('--delivery <id>', 'one delivery alone')
    .option('--all', 'what was delivered too')
    .option('--from <time>', 'planned at or after')
    .option('--to <time>', 'planned before')
    .option('--no-wait', 'begin it and do not follow it')
    .addHelpText(
      'after',
      examples(
        'newswire webhooks replay wh_1',
        'newswire webhooks replay wh_1 --from 2026-03-01T00:00:00Z --all',
      ),
    )
    .action(
      act((session, id: string, options: ReplayOptions) => replayWebhook(id, options, session)),
    )
}
