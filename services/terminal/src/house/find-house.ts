import type { LocalHouse } from '../local/local-house.js'
import { TerminalError, UsageError } from '../terminal-error.js'

export interface Wanted {
  /** `--url`, or NEWSWIRE_URL. */
  readonly url?: string | undefined
  /** `--key`, or NEWSWIRE_KEY. */
  readonly key?: string | undefined
}

export interface Address {
  readonly url: string
  readonly key: string | undefined
}

/**
 * Where the house is and with which key it is asked. The key that lies in the data folder is for
 * the house that runs on it: nobody else is told it.
 */
export function findHouse({ url, key }: Wanted, local: Pick<LocalHouse, 'find'>): Address {
  const own = local.find()
  if (url === undefined) {
    const { url: ownUrl } = own
    if (ownUrl !== undefined) return { url: trimmed(ownUrl), key: key ?? own.key }
    throw new TerminalError(
      `No Newswire runs on ${own.dataDir}: start one with \`npm start\`, or name its address with --url or NEWSWIRE_URL.`,
    )
  }
  const address = readUrl(url)
  return { url: address, key: key ?? (isSame(own.url, address) ? own.key : undefined) }
}

/** Work on the data folder is done nowhere else: whoever names another house means that one. */
export function refuseOther(url: string | undefined, local: Pick<LocalHouse, 'find'>): void {
  if (url === undefined) return
  const { dataDir, url: ownUrl } = local.find()
  if (isSame(ownUrl, readUrl(url))) return
  throw new UsageError(
    `This works on the data folder (${dataDir}), not on ${url}: run it on the machine of that house, with its DATA_DIR and without --url and NEWSWIRE_URL.`,
  )
}

function isSame(ownUrl: string | undefined, url: string): boolean {
  return ownUrl !== undefined && new URL(ownUrl).origin === new URL(url).origin
}

function readUrl(url: string): string {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  if (isWeb) return trimmed(url)
  throw new UsageError(
    `"${url}" is no address of a Newswire: give one such as https://wire.example.org.`,
  )
}

const trimmed = (url: string) => url.replace(/\/+$/, '')
