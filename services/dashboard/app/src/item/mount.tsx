import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SessionProvider } from '../frame/session.js'
import { languageOf, WordsProvider } from '../words/words.js'
import { Around } from './around.js'
import { Head } from './head.js'
import '../parts/parts.css'
import './item.css'

/** Adds to the page of an item what needs a script. `place` names the item: `data-item`. */
export function mount(place: HTMLElement): void {
  const id = place.dataset['item']
  const isGone = place.dataset['gone'] !== undefined
  if (id === undefined) throw new Error('The page does not say which item it shows.')
  const head = document.getElementById('newswire-tools')
  createRoot(place).render(
    <StrictMode>
      <WordsProvider given={languageOf([document.documentElement.lang])}>
        <SessionProvider>
          {head ? <Head place={head} /> : null}
          <Around id={id} isGone={isGone} />
        </SessionProvider>
      </WordsProvider>
    </StrictMode>,
  )
}
