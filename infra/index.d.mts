/** The part of infra that TypeScript may use: finding and running nats-server and redis-server. */
export type Binary = 'nats-server' | 'redis-server'
export const serverBinaries: readonly Binary[]
/** The repository's root, absolute. */
export const repository: string
/** DATA_DIR, or `.newswire` in the repository. Absolute. */
export function dataFolder(env?: NodeJS.ProcessEnv): string
/** Where the program lies, on the PATH, in the usual folders or in DATA_DIR/bin. */
export function findBinary(
  name: Binary,
  where?: { dataDir?: string; path?: string; folders?: readonly string[] },
): string | undefined

/** Every place where a program lies that tests read feeds with, DATA_DIR/readers/bin first. */
export function findPrograms(name: string): string[]

/**
 * The Chromium that tests look at pages with: CHROMIUM_PATH, on the PATH, in the usual folders, or
 * in DATA_DIR/browser/bin.
 */
export function findChromium(where?: {
  env?: NodeJS.ProcessEnv
  dataDir?: string
  folders?: readonly string[]
}): string | undefined

/** What any program needs from the environment (PATH, HOME, …), without Newswire's settings. */
export function bareEnvironment(): Record<string, string>

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Set if the program could not be run at all. */
  readonly cause?: Error
}

export interface GuardedOptions {
  /** Its working folder. */
  readonly folder: string
  /** Where stdout and stderr go: an open file, or pipes that must be read. */
  readonly output: number | 'pipe' | 'inherit'
  /** Default: this process's. */
  readonly env?: NodeJS.ProcessEnv
}

/** A program that cannot outlive this process. */
export interface Guarded {
  readonly pid: number
  /** stdout and stderr, if `output` is `pipe`. */
  readonly output: readonly import('node:stream').Readable[]
  readonly exited: Promise<Exit>
  signal(name: NodeJS.Signals): void
}

export interface ServerOptions {
  /** Its data; made if missing. */
  readonly folder: string
  /** Its output, appended. */
  readonly logFile: string
  /** Default: a free one. */
  readonly port?: number
  /** Where fetched programs may lie (`<dataDir>/bin`); default DATA_DIR. */
  readonly dataDir?: string
  /** Called as soon as there is a process, long before it is ready; again if a port was taken. */
  readonly onSpawn?: (process: { kind: 'nats' | 'redis'; pid: number; port: number }) => void
}

export interface Server {
  readonly kind: 'nats' | 'redis'
  readonly url: string
  readonly port: number
  readonly pid: number
  /** What it wrote until it was ready. */
  readonly startLog: string
  /** Resolves whenever and however it ends. */
  readonly exited: Promise<Exit>
  /** Asks it to end, forces it after ten seconds. */
  stop(): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
}

/** Starts a server with our configuration on 127.0.0.1; resolves once it answers. */
export function startServer(kind: 'nats' | 'redis', options: ServerOptions): Promise<Server>

/** Runs a program in a process group of its own that ends whenever this process ends. */
export function spawnGuarded(
  program: string,
  args: readonly string[],
  options: GuardedOptions,
): Guarded
