/** The world → item.raw. See README.md for what this room owns and does not know. */
export { type Decoded, decode } from './decode/decode.js'
export { readDropped } from './drop/file-kind.js'
export { type Feed, readFeed } from './feed/read-feed.js'
export {
  createIntake,
  type IntakeOptions,
  type IntakeRoutesOptions,
  intakeRoutes,
} from './intake.js'
export { type KeyedEntry, keyEntries } from './poll/entry-key.js'
export { piecesOf } from './poll/piece.js'
export { type PublishTextOptions, publishText } from './publish.js'
export { type Accepted, accept } from './push/accept.js'
export { defaultSources } from './sources/default-sources.js'
