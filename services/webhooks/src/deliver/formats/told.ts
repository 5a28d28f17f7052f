/** What is told to a webhook, whatever its format. */
export interface Told {
  readonly type: string
  /** When it happened: the same over all attempts. */
  readonly time: Date
  /** What it is about: the id of an item, or of the webhook itself. */
  readonly subject: string
  readonly data: unknown
}

/** A body as it is kept: written once, and the same for all receivers but for their own id. */
export interface Rendering {
  readonly contentType: string
  /** The body for the receiver whose `webhook-id` this is; most formats do not name it. */
  readonly textFor: (id: string) => string
  /** The same in UTF-8; read only, as many calls share it. */
  readonly bytesFor: (id: string) => Uint8Array
  /** What it takes of memory. */
  readonly bytes: number
}

/** Where the house is found, without a slash at its end; undefined where it has no address. */
export type PublicUrl = string | undefined
