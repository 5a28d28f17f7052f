/** Tells how far a long work is. */
export type Told = (done: number, all: number) => void

/**
 * What the terminal can do with a house on its own machine. The assembly gives it: this room knows
 * neither data folders nor servers.
 */
export interface LocalHouse {
  /** The house that runs on the data folder, and the admin key that is kept there. */
  find(): {
    readonly dataDir: string
    readonly url?: string | undefined
    readonly key?: string | undefined
  }
  /** Empties the read models and makes them again from JetStream. */
  rebuild(told: Told): Promise<{ readonly items: number; readonly facts: number }>
  retag(options: RetagOptions, told: Told): Promise<Retagged>
  /** A new admin key in place of the old one. */
  adminKey(): Promise<{ readonly key: string; readonly keptIn: string }>
}

export const tellable = ['nobody', 'matches', 'everyone'] as const

export interface RetagOptions {
  readonly apply: boolean
  /** Whom webhooks tell of it. */
  readonly tell: (typeof tellable)[number]
}

export interface Retagged {
  /** For scripts. */
  readonly document: object
  /** For people, with a line end at its end. */
  readonly text: string
}
