import { useState } from 'react'
import { Link } from 'wouter'
import go from '../../../receivers/receive.go?raw'
import python from '../../../receivers/receive.py?raw'
import node from '../../../receivers/receive.ts?raw'
import request from '../../../receivers/receive-request.ts?raw'
import { scrolls } from '../parts/scrolls.js'
import { useWords } from '../words/words.js'

const receivers = {
  node: { file: 'receive.ts', code: node },
  request: { file: 'receive-request.ts', code: request },
  python: { file: 'receive.py', code: python },
  go: { file: 'receive.go', code: go },
} as const
type Kind = keyof typeof receivers
const kinds = Object.keys(receivers) as Kind[]

/** `/webhooks/receivers`: files to copy, each tested as it stands. */
export function ReceiversPage() {
  const { webhooks, parts } = useWords()
  const [kind, choose] = useState<Kind>('node')
  const [copied, setCopied] = useState<Kind>()
  const { file, code } = receivers[kind]
  const copy = async () => {
    await navigator.clipboard.writeText(code)
    setCopied(kind)
  }
  return (
    <div className="page stack">
      <p className="small">
        <Link href="/webhooks">← {webhooks.back}</Link>
      </p>
      <h1>{webhooks.receivers}</h1>
      <p className="quiet reading">{webhooks.receiversSay}</p>
      <fieldset className="kinds">
        <legend className="unseen">{webhooks.receivers}</legend>
        {kinds.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="receiver"
              checked={each === kind}
              onChange={() => choose(each)}
            />
            <span>{webhooks.languages[each]}</span>
          </label>
        ))}
      </fieldset>
      <div className="row between">
        <code>{file}</code>
        <button className="button primary" type="button" onClick={() => void copy()}>
          {copied === kind ? `✓ ${parts.copied}` : webhooks.copyCode}
        </button>
      </div>
      {/* Scrolls by itself, so it can be reached by the keyboard. */}
      <pre className="code" {...scrolls}>
        {code}
      </pre>
    </div>
  )
}
