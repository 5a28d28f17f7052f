export { bareEnvironment, dataFolder, findBinary, repository, serverBinaries } from './binaries.mjs'
export { spawnGuarded } from './guarded.mjs'
export { startServer } from './server.mjs'
