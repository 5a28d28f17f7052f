/** The world → item.raw. See README.md for what this room owns and does not know. */
export {
  createIntake,
  type IntakeOptions,
  type IntakeRoutesOptions,
  intakeRoutes,
} from './intake.js'
export { type PublishTextOptions, publishText } from './publish.js'
export { defaultSources } from './sources/default-sources.js'
