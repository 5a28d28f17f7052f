export {
  bareEnvironment,
  dataFolder,
  findBinary,
  findChromium,
  findPrograms,
  repository,
  serverBinaries,
} from './binaries.mjs'
export { spawnGuarded } from './guarded.mjs'
export { startServer } from './server.mjs'
