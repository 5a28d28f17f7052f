import { type EmbargoOptions, embargoOf, readEmbargo, takeNotices } from '../text/embargo.js'

/**
 * The embargo of a field that is there to hold one (`embargoed`, `embargoedUntil`), in milliseconds
 * since 1970. It stands as it is, past or future. An empty one (NewsML-G2: until further notice), a
 * bare day and a time whose zone nobody knows hold the item until a person releases it. A field
 * that is absent (`undefined`) is no embargo.
 */
export function statedEmbargo(
  field: string | undefined,
  zone: string | undefined,
): number | undefined {
  return field === undefined ? undefined : readEmbargo(field, zone)
}

/** Notes of one item that are searched; agencies send about ten. */
const notesMax = 50

/** The embargo that notes to editors state in words, where no field holds one. */
export function embargoInNotes(
  notes: readonly string[],
  options: EmbargoOptions,
): number | undefined {
  const lines = notes.slice(0, notesMax).map((note) => note.replace(/\s+/g, ' ').trim())
  // Each by itself: a note is the edge of nothing, and its date stands within it.
  return embargoOf(
    undefined,
    lines.flatMap((line) => takeNotices([line], options).notices),
  )
}
