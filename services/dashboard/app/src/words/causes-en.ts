import type { CauseCode, CauseOf } from '../../../src/alarms/cause.js'

/** How the reader's language writes what a sentence holds. */
export interface Written {
  readonly count: (value: number) => string
  readonly percent: (share: number) => string
  readonly bytes: (value: number) => string
  readonly span: (seconds: number) => string
  readonly at: (when: string) => string
  /** A stage or a group by the name that the flow has for it. */
  readonly group: (name: string) => string
}

/** The sentence of each alarm. */
export type CauseWords = {
  readonly [C in CauseCode]: (cause: CauseOf<C>, written: Written) => string
}

const secondsAMinute = 60

export const causesEn: CauseWords = {
  sourceSilent: ({ name, lastItemAt, usualPerHour }, { count, at }) => {
    const since = lastItemAt === null ? 'it was added' : at(lastItemAt)
    const usual = usualPerHour === null ? 'some' : count(usualPerHour)
    return `${name} has brought nothing since ${since}, where ${usual} items an hour are usual at this time of the week.`
  },
  wireSilent: ({ lastItemAt }, { at }) =>
    `Nothing at all has come in since ${lastItemAt === null ? 'the start' : at(lastItemAt)}, against the rhythm of the whole wire. Look at intake and at the network.`,
  figuresUnread: () => 'The figures of the house cannot be read.',
  deliveryOld: ({ open, waitedMinutes }, { count, span }) =>
    open === 1
      ? `The one open delivery has waited for ${span(waitedMinutes * secondsAMinute)}.`
      : `The oldest of ${count(open)} open deliveries has waited for ${span(waitedMinutes * secondsAMinute)}.`,
  killUnacknowledged: ({ item, open, receivers, withdrawnAt }, { count, at }) =>
    `${count(open)} of ${count(receivers)} receivers ${open === 1 ? 'has' : 'have'} not acknowledged the withdrawal of ${item}, which has stood since ${at(withdrawnAt)}.`,
  deadLetters: ({ count: letters }, { count }) =>
    `${count(letters)} ${letters === 1 ? 'dead letter waits' : 'dead letters wait'} for a look: replay or discard them.`,
  consumerStalled: ({ group: name, stoodSince, backlog }, { count, at, group }) =>
    `${group(name)} has done nothing since ${at(stoodSince)}, while ${count(backlog)} ${backlog === 1 ? 'fact waits' : 'facts wait'} for it.`,
  streamFull: ({ stream, bytes: held, bytesMax }, { bytes }) =>
    `Stream ${stream} holds ${bytes(held)} of ${bytes(bytesMax)}; a full one takes nothing more. Raise STREAM_BYTES_MAX, or let old facts go.`,
  diskLow: ({ freeShare }, { percent }) =>
    `Only ${percent(freeShare)} of the disk with the data is free.`,
  redisFull: ({ usedShare }, { percent }) =>
    `Redis uses ${percent(usedShare)} of the memory that it may take; when it is full, queues take nothing more.`,
}
