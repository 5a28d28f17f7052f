/** These bytes are no feed that can be read. The message is a sentence for a person. */
export class FeedError extends Error {
  override readonly name = 'FeedError'
}
