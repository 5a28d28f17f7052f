import { lazy, Suspense } from 'react'
import { useWords } from '../words/words.js'
import type { ChoiceProps } from './choice-props.js'
import { Chosen } from './chosen.js'
import { LanguageField } from './fields/language-field.js'
import { RegionField } from './fields/region-field.js'
import { Topics } from './fields/topics.js'
import { TypedField } from './fields/typed-field.js'
import { useOffers } from './fields/use-offers.js'
import { Newest } from './result/newest.js'
import { Result } from './result/result.js'
import { useBacktest } from './result/use-backtest.js'
import { TakeAway } from './take/take-away.js'
import { useChoice } from './use-choice.js'
import './subscribe.css'

/** Asked for at once, so that the map is under way while the rest of the page is drawn. */
const map = import('./map/world-map.js')
const WorldMap = lazy(async () => ({ default: (await map).WorldMap }))

/** `/`: choose, see at once what it brings, and take the addresses away. */
export function Subscribe() {
  const { subscribe } = useWords()
  const { choice, strays, choose } = useChoice()
  const backtest = useBacktest(choice)
  const side = { choice, choose }
  return (
    <div className="page subscribe">
      <header>
        <h1>{subscribe.title}</h1>
        <p className="quiet">{subscribe.lead}</p>
      </header>
      <div className="hero">
        <Suspense fallback={<div className="map-place" />}>
          <WorldMap {...side} />
        </Suspense>
        <RegionField {...side} />
      </div>
      <div className="side">
        <div className="panel">
          <Chosen {...side} strays={strays} />
          <Result {...backtest} />
          <TakeAway choice={choice} />
        </div>
        <Newest value={backtest.value} />
      </div>
      <Fields {...side} />
    </div>
  )
}

function Fields(side: ChoiceProps) {
  const { subscribe } = useWords()
  const { want, issuers, sources } = useOffers()
  return (
    <div className="fields">
      <Topics {...side} />
      <section className="others" aria-label={subscribe.more}>
        <TypedField {...side} of="q" placeholder={subscribe.wordsSay} help={subscribe.wordsHelp} />
        <LanguageField {...side} />
        <TypedField
          {...side}
          of="issuer"
          placeholder={subscribe.issuersSay}
          help={subscribe.issuersHelp}
          offers={issuers}
          onEnter={want}
        />
        <TypedField
          {...side}
          of="source"
          placeholder={subscribe.sourcesSay}
          offers={sources}
          onEnter={want}
        />
      </section>
    </div>
  )
}
