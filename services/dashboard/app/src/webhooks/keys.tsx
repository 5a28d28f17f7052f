import { Copy } from '../parts/copy.js'
import { useWords } from '../words/words.js'

/** What a receiver verifies signatures with. */
export function Keys({
  secret,
  publicKey,
  name,
}: {
  readonly secret?: string | null | undefined
  readonly publicKey?: string | null | undefined
  /** Of the secret; default: "Secret". */
  readonly name?: string
}) {
  const { webhooks } = useWords()
  return (
    <>
      {secret ? <Copy name={name ?? webhooks.secret} text={secret} /> : null}
      {publicKey ? <Copy name={webhooks.publicKey} text={publicKey} /> : null}
    </>
  )
}
