export { DataFolderError } from './data-folder.js'
export type { ServerLost } from './losses.js'
export { type Found, findRunning } from './running.js'
export { type Servers, type ServersOptions, startServers } from './servers.js'
