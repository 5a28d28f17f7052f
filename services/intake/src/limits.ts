import { itemLimits } from '@newswire/model'

const mebibyte = 1_048_576
const secondMs = 1_000
const minuteMs = 60 * secondMs

/** Every limit of intake by name. Bytes are counted after decompression. */
export const intakeLimits = {
  itemBytesMax: itemLimits.itemBytesMax,
  /** A pushed or dropped file that holds several releases; each of them keeps `itemBytesMax`. */
  messageBytesMax: 8 * mebibyte,
  releasesPerMessageMax: 100,
  feedBytesMax: 8 * mebibyte,
  /** Newest entries of a feed that one poll looks at; a flood behind them is left where it is. */
  entriesMax: 500,
  /** Entries of a source that are remembered besides those that its feed holds: so many … */
  seenTailMin: 100,
  /** … or this multiple of what the feed holds, where that is more … */
  seenTailFactor: 2,
  /** … and never more than this in all. */
  seenMax: 2_000,
  /** Different namespaced element names of one feed that are handed on. */
  extensionNamesMax: 100,
  /** Levels of nesting in a feed; real ones have fewer than ten. */
  depthMax: 200,
  /** Tags within one entry, and within the channel before the first. */
  entryTagsMax: 4_000,
  /** Characters up to which a plain feed goes to rss-parser, which is slow on long texts. */
  plainCharsMax: 2 * mebibyte,
  /** Addresses of one text that are resolved; those behind them stay as written. */
  addressesMax: 500,
  /** Attributes of one tag in a feed. */
  attributesMax: 1_000,
  redirectsMax: 5,
  /** A permanent redirect becomes the source's address after it was met so often in a row. */
  movesInRowMin: 3,
  /** A redirect that led to a 404 is asked again so often: some servers redirect at random. */
  strayRedirectTriesMax: 3,
  /** From the request to the last byte of the feed. */
  fetchTimeoutMs: 20 * secondMs,
  /**
   * Sources that one process polls at a time: those that hang leave room for the others, and all
   * together hold no more than so many times `feedBytesMax`.
   */
  pollsAtOnceMax: 64,
  /** … and those of one host among them, as many as the guard opens connections to it. */
  pollsPerHostMax: 16,
  /** Between two requests to one host. */
  hostGapMs: 2 * secondMs,
  /** The same where the host is this machine: nobody is bothered. */
  ownHostGapMs: 20,
  /** Gaps from which on processes tell each other when they ask a host. */
  sharedGapMsMin: 100,
  /** A poll that finds its host busy looks again after this. */
  hostBusyMs: secondMs,
  /** How long a person who polls waits for the host's turn. */
  manualWaitMs: 10 * secondMs,
  /** Hosts whose last request one process remembers. */
  hostsMax: 10_000,
  /** After so many 304 in a row the feed is fetched without conditions: some servers never stop. */
  notModifiedInRowMax: 24,
  /** Characters of a feed or page that are searched for what it says of itself. */
  channelCharsMax: 20_000,
  intervalSecondsMin: 1,
  intervalSecondsMax: 86_400,
  intervalSecondsDefault: 600,
  sourcesMax: 10_000,
  reconcileMs: 30 * secondMs,
  /** Stories per page of an API, which is its own maximum, and pages that one poll asks for. */
  apiPageStories: 50,
  apiPagesMax: 10,
  /** Bytes that a hub may push at once. */
  pushBytesMax: 8 * mebibyte,
  challengeCharsMax: 2_000,
  /** What a hub is asked for; it may give less. REC WebSub 5.1 suggests ten days. */
  leaseSecondsAsked: 864_000,
  leaseSecondsMin: 60,
  leaseSecondsMax: 2_592_000,
  /** Of its lease, when a subscription is renewed. */
  leaseRenewShare: 0.8,
  /** A hub confirms within this time of a request, or is asked again. */
  verifyMs: 10 * minuteMs,
  /** A hub that denied a subscription is asked again after this. */
  deniedRestMs: 1_440 * minuteMs,
  /** Requests to end a subscription; then it is left to its lease. */
  unsubscribeTriesMax: 3,
  hubTimeoutMs: 10 * secondMs,
  hubAnswerBytesMax: 64 * 1_024,
  hubLooksAtOnceMax: 8,
  /** Looks of the drop folder for the file of an erased release, which may still be on its way. */
  forgetLooksMax: 5,
  /** Between two looks into the drop folder; a file is taken when two looks see it the same. */
  dropLookMs: 200,
  /** A file without content may still be written: it fails only when it is older than this. */
  dropEmptyGraceMs: 5 * secondMs,
  /** XML that breaks off may still be written: it fails when it is older than this. */
  dropCutGraceMs: 30 * secondMs,
  /** Files that one look takes in, so that the next look is never far. */
  dropFilesPerLookMax: 200,
  /** How long the folder rests after the bus refused a file. */
  dropRestMs: 2 * secondMs,
} as const

export type IntakeLimits = { readonly [K in keyof typeof intakeLimits]: number }

/** What an interval may become; `poll/rhythm.ts` has the table. */
export const rhythmLimits = {
  /** A source's wish (ttl, Cache-Control, Expires) slows it to this multiple of its interval. */
  askedFactorMax: 4,
  /** Nothing new for this long and for this many usual gaps: the night begins. */
  quietAfterMs: 60 * minuteMs,
  quietGapsMin: 6,
  /** In the night each further hour slows by one interval, up to this multiple. */
  quietFactorMax: 3,
  /** Of the time in which a feed's entries are replaced. */
  windowShare: 0.5,
  /** However fast a feed moves, it is not asked more often, unless its row says so. */
  fastestMs: minuteMs,
  /** While a hub pushes. */
  fallbackMs: 60 * minuteMs,
  /** A source that wants more is asked again all the same. */
  retryAfterMsMax: 1_440 * minuteMs,
  slowestMs: 1_440 * minuteMs,
  /** A tenth of the interval, either way, by the source's name. */
  jitterShare: 0.1,
  /** A beat that comes this share of the rest too early still counts. */
  earlyShare: 0.1,
  /** A source that is late by this share of its rest, or of `lateMsMin`, is looked at anew. */
  lateShare: 0.5,
  lateMsMin: minuteMs,
  /** Steps of a rest, so that it changes seldom and its schedule stays. */
  stepFactor: 1.25,
  /** Dated entries from which a rhythm can be told. */
  datedEntriesMin: 5,
  /** How much a remembered window may grow with each poll that read something. */
  windowGrowth: 1.05,
  /** A source is silent when its newest entry is older than this and than so many usual gaps. */
  silentAfterMs: 72 * 60 * minuteMs,
  silentGapsMin: 10,
} as const

/**
 * Waits after failed polls: the first, doubled with each further failure in a row, up to the last.
 *
 * ```
 * 1  2  3  4  5   6   7   8   9   10 …
 * 1  2  4  8  16  32  64 128 256  360 minutes
 * ```
 *
 * A source with a shorter interval than `firstMs` starts from its own interval.
 */
export const backOff = { firstMs: minuteMs, factor: 2, lastMs: 360 * minuteMs } as const
