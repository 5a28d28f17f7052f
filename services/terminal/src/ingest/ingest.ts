import type { House } from '../house/index.js'
import type { Session } from '../session.js'
import { type Outcome, outcomes } from '../session.js'
import { TerminalError } from '../terminal-error.js'
import { contentTypeOf, readType } from './content-type.js'
import { follow, push, type Settled } from './push.js'
import { sayFile, saySum } from './say.js'
import { readSource } from './source-file.js'

export interface IngestOptions {
  readonly type?: string
  /** `--no-wait` makes it false. */
  readonly wait: boolean
  /** Seconds. */
  readonly timeout: number
}

/** What became of one file. */
export interface FileReport {
  readonly file: string
  /** Why none of it was taken in. */
  readonly error?: string
  readonly releases: readonly Settled[]
}

/** Files that are on their way at a time. */
const filesAtOnce = 8
const secondMs = 1_000

/** `newswire ingest FILE...`: sends each, follows its receipts and says what became of it. */
export async function ingest(
  files: readonly string[],
  options: IngestOptions,
  session: Session,
): Promise<Outcome> {
  const house = session.house()
  const type = options.type === undefined ? undefined : readType(options.type)
  const bar = session.screen.progress('Taking in')
  const reports: FileReport[] = []
  let done = 0
  bar.at(done, files.length)

  async function take(file: string, at: number): Promise<void> {
    const report = await takeIn(file, { ...options, type }, house, session)
    reports[at] = report
    done += 1
    bar.at(done, files.length)
    if (!session.isJson) sayFile(report, session.screen)
  }
  await eachOf(files, filesAtOnce, take)
  bar.end()
  if (session.isJson) session.screen.json({ files: reports })
  else if (reports.length > 1) saySum(reports, session.screen)
  return reports.every(isWell) ? outcomes.done : outcomes.failed
}

async function takeIn(
  file: string,
  { type, wait, timeout }: Omit<IngestOptions, 'type'> & { type: string | undefined },
  house: House,
  { readStdin }: Session,
): Promise<FileReport> {
  try {
    const data = await readSource(file, readStdin)
    const receipts = await push(house, { type: type ?? contentTypeOf(file, data), data })
    const releases: Settled[] = []
    for (const receipt of receipts) {
      releases.push(wait ? await settle(house, receipt, timeout) : { receipt, state: 'accepted' })
    }
    return { file, releases }
  } catch (error) {
    if (error instanceof TerminalError) return { file, error: error.message, releases: [] }
    throw error
  }
}

/** The release is stored, whatever happens while it is followed: its receipt must not be lost. */
async function settle(house: House, receipt: string, seconds: number): Promise<Settled> {
  const asked = follow(house, receipt, seconds * secondMs)
  const settled = await asked.catch((error: unknown): Settled => {
    if (!(error instanceof TerminalError)) throw error
    return { receipt, state: 'accepted', reason: error.message }
  })
  if (settled.state !== 'accepted' || settled.reason !== undefined) return settled
  return { ...settled, reason: `It has not come to its end within ${seconds} seconds.` }
}

/** Nobody waited for what has no reason and is on its way. */
function isWell({ error, releases }: FileReport): boolean {
  const hasFailed = ({ state, reason }: Settled) =>
    state === 'dead' || (state === 'accepted' && reason !== undefined)
  return error === undefined && !releases.some(hasFailed)
}

/** Runs so many at a time; the first fault ends it. */
async function eachOf<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T, at: number) => Promise<void>,
): Promise<void> {
  const queue = all.entries()
  const worker = async () => {
    for (const [at, one] of queue) await work(one, at)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker))
}
