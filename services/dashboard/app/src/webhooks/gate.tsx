import { Link } from 'wouter'
import { SignIn } from '../frame/sign-in.js'
import { Copy } from '../parts/copy.js'
import { useWords } from '../words/words.js'

/** Who is not signed in reads what this is, and how to get in. */
export function Gate() {
  const { webhooks } = useWords()
  const call = `curl -X POST ${location.origin}/api/v1/keys -H "Authorization: Bearer $ADMIN_KEY" -H "Content-Type: application/json" -d '{"role":"subscriber","name":"me"}'`
  return (
    <div className="page stack narrow">
      <h1>{webhooks.title}</h1>
      <p className="reading">{webhooks.gate}</p>
      <h2>{webhooks.gateKey}</h2>
      <p>{webhooks.gateHow}</p>
      <Copy name="curl" text={call} />
      <p>{webhooks.gateThen}</p>
      <p className="row">
        <SignIn />
        <Link className="button" href="/webhooks/receivers">
          {webhooks.receivers}
        </Link>
      </p>
    </div>
  )
}
