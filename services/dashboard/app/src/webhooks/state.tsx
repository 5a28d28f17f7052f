import { useWords } from '../words/words.js'
import type { DeliveryState, Webhook } from './shapes.js'

type Tone = 'good' | 'warn' | 'bad' | 'quiet'

/** A state by its shape, its word and its colour. */
export function State({
  shape,
  tone,
  word,
}: {
  readonly shape: string
  readonly tone: Tone
  readonly word: string
}) {
  return (
    <span className={`state ${tone}`}>
      <span aria-hidden="true">{shape}</span> {word}
    </span>
  )
}

const ofWebhook = {
  active: ['●', 'good'],
  pending: ['◐', 'warn'],
  paused: ['‖', 'quiet'],
  disabled: ['■', 'bad'],
} as const

export function WebhookState({ status }: Pick<Webhook, 'status'>) {
  const { webhooks } = useWords()
  const [shape, tone] = ofWebhook[status]
  return <State shape={shape} tone={tone} word={webhooks.states[status]} />
}

const ofDelivery = {
  waiting: ['○', 'quiet'],
  retry: ['↻', 'warn'],
  delivered: ['✓', 'good'],
  failed: ['✕', 'bad'],
  superseded: ['⇢', 'quiet'],
} as const

export function DeliveryStateOf({ state }: { readonly state: DeliveryState }) {
  const { webhooks } = useWords()
  const [shape, tone] = ofDelivery[state]
  return <State shape={shape} tone={tone} word={webhooks.deliveryStates[state]} />
}
