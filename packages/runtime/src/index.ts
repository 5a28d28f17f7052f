export { type BeginningProcess, begin } from './begin.js'
export { type HouseSettings, houseSettings } from './house-settings.js'
export { createLogger, type Log, type LoggerOptions, type LogLevel, logLevels } from './log.js'
export * from './metrics.js'
export { createMetrics } from './prometheus.js'
export { type ProcessLike, type RunOptions, run } from './run.js'
export { createSecretBox, type SecretBox } from './secret-box.js'
export {
  addressList,
  choice,
  httpUrl,
  numberList,
  text,
  wholeNumber,
} from './setting-schemas.js'
export {
  defineSettings,
  readSettings,
  type Setting,
  SettingsError,
  type SettingsFault,
  type SettingsOf,
  type SettingsTable,
} from './settings.js'
export {
  describeSettings,
  renderEnvExample,
  renderSettingsTable,
  type SettingRow,
} from './settings-text.js'
export * from './worker.js'
