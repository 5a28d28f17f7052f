export type { Draft } from './draft.js'
export { normalise } from './normalise.js'
export { normalizerSettings } from './settings.js'
export { createNormalizer, type NormalizerOptions } from './worker.js'
