import { useAsk } from '../ask/use-ask.js'
import { useSession } from '../frame/session.js'
import type { Item, StoryItem } from './shapes.js'
import { Share } from './share.js'
import { Story } from './story.js'
import { TimelineOf } from './timeline.js'
import { Versions } from './versions.js'
import { Why } from './why.js'
import { withToken } from './with-token.js'

function addressOf(id: string, what: string): string {
  return withToken(`/api/v1/items/${encodeURIComponent(id)}${what}`)
}

interface AroundProps {
  readonly id: string
  /** It is withdrawn: only its timeline is left to be told. */
  readonly isGone: boolean
}

/** What stands around a release; what cannot be told is left out. */
export function Around({ id, isGone }: AroundProps) {
  const { session } = useSession()
  const versions = useAsk<{ items: Item[]; truncated: boolean }>(
    isGone ? undefined : addressOf(id, '/versions'),
  )
  const story = useAsk<{ items: StoryItem[] }>(isGone ? undefined : addressOf(id, '/story'))
  const newest = versions.value?.items[0]
  const seesTimeline = session?.role === 'admin' || session?.role === 'subscriber'
  return (
    <div className="around stack">
      {newest ? <Why tags={newest._newswire.tags} item={newest} /> : null}
      {isGone ? null : <Share tags={newest?._newswire.tags ?? []} />}
      {versions.value ? <Versions {...versions.value} /> : null}
      {story.value ? <Story items={story.value.items} /> : null}
      {seesTimeline ? <TimelineOf id={id} role={session.role} /> : null}
    </div>
  )
}
