export type { LocalHouse, Retagged, RetagOptions, Told } from './local/local-house.js'
export { runTerminal, type TerminalOptions } from './run-terminal.js'
