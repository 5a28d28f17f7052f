/** An error as one sentence for a person: what a source's row and a `.reason` file say. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const line = message.split('\n', 1)[0]?.trim() ?? ''
  if (line === '') return 'It failed without a reason.'
  return /[.!?]$/.test(line) ? line : `${line}.`
}
