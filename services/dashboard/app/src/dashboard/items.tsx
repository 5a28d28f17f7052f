import { useAsk } from '../ask/use-ask.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { ByHand, decide, useDecided } from './decide.js'
import { Empty, Listing } from './listing.js'
import { Mark } from './mark.js'
import { Question } from './question.js'
import { Recalls } from './recalls.js'
import type { Page } from './shapes.js'
import { useNumbers } from './use-numbers.js'
import { usePages } from './use-pages.js'

interface Matter {
  readonly id: string
  readonly headline: string
  readonly issuer: string
  readonly received: string
  readonly flags: readonly string[]
  readonly candidates: readonly {
    readonly id: string
    readonly headline: string
    readonly similarity: number
  }[]
}

interface Held {
  readonly id: string
  readonly headline: string
  readonly wire: string
  readonly embargoUntil: string
}

/** `/dashboard/items`: what wants a person, what is held, who was told; decisions by hand. */
export function Items() {
  const { rooms } = useDeskWords()
  return (
    <>
      <h1>{rooms.items}</h1>
      <Matters />
      <Embargoed />
      <ByHand />
      <Recalls />
    </>
  )
}

function Matters() {
  const { items } = useDeskWords()
  const { value, error, again } = useAsk<Page<Matter>>('/api/v1/matters')
  return (
    <section className="stack tight" aria-labelledby="matters">
      <h2 id="matters">{items.matters}</h2>
      <p className="quiet small">{items.mattersSay}</p>
      {error ? <Problem error={error} again={again} /> : null}
      {value?.items.length === 0 ? <Mark mood="good">{items.mattersNone}</Mark> : null}
      {value?.items.map((matter) => (
        <MatterSheet key={matter.id} matter={matter} again={again} />
      ))}
    </section>
  )
}

function MatterSheet({ matter, again }: { readonly matter: Matter; readonly again: () => void }) {
  const { items } = useDeskWords()
  const { percent } = useNumbers()
  const decided = useDecided()
  const { id, headline, issuer, received, flags, candidates } = matter
  const isEmbargo = flags.includes('embargo-unreadable')
  const act = async (verb: 'link' | 'release', body: object) => {
    const said = decided(await decide(id, verb, body))
    again()
    return said
  }
  return (
    <article className="sheet stack tight">
      <h3 className="clamped" dir="auto">
        {headline}
      </h3>
      <p className="quiet small" dir="auto">
        {id} · {issuer} · <Time at={received} />
      </p>
      {isEmbargo ? (
        <Question
          label={items.release}
          title={items.releaseAsk(id)}
          will={items.releaseWill}
          onYes={() => act('release', {})}
        />
      ) : (
        <p className="small">{candidates.length === 0 ? items.noCandidates : items.candidates}</p>
      )}
      {candidates.map((candidate) => (
        <div className="row" key={candidate.id}>
          <a className="clamped" href={`/items/${encodeURIComponent(candidate.id)}`} dir="auto">
            {candidate.headline}
          </a>
          <span className="quiet small">{items.similar(percent(candidate.similarity))}</span>
          <Question
            label={items.join}
            title={items.linkAsk(id)}
            will={`${candidate.headline}. ${items.linkWill}`}
            onYes={() => act('link', { corrects: candidate.id })}
          />
        </div>
      ))}
    </article>
  )
}

function Embargoed() {
  const { items, deliveries } = useDeskWords()
  const pages = usePages<Held>('/api/v1/embargoed')
  const decided = useDecided()
  const release = async (id: string) => {
    const said = decided(await decide(id, 'release', {}))
    pages.again()
    return said
  }
  return (
    <section className="stack tight" aria-labelledby="embargoed">
      <h2 id="embargoed">{items.embargoed}</h2>
      <p className="quiet small">{items.embargoedSay}</p>
      <Listing
        pages={pages}
        label={items.embargoed}
        columns={[deliveries.columns.item, items.until, deliveries.columns.actions]}
        empty={<Empty title={items.embargoedNone} />}
        row={({ id, headline, wire, embargoUntil }) => (
          <tr key={id}>
            <td className="wide" dir="auto">
              <span className="clamped inline">{headline}</span>{' '}
              <span className="quiet">{`${wire} · ${id}`}</span>
            </td>
            <td>
              <Time at={embargoUntil} />
            </td>
            <td>
              <Question
                label={items.release}
                title={items.releaseAsk(id)}
                will={items.releaseWill}
                onYes={() => release(id)}
              />
            </td>
          </tr>
        )}
      />
    </section>
  )
}
