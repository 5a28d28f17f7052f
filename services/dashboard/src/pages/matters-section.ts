import { type Matter, settlingOf } from '../matters.js'
import { type Html, html } from './page.js'

const sentences: Readonly<Record<string, string>> = {
  'correction-unlinked': 'Corrects an item that was not found.',
  'disregard-unlinked': 'Takes back an item that was not found.',
  'embargo-unreadable': 'Has an embargo that can’t be read, and is held.',
}

/** What waits for a person, each with the call that settles it: our pages run no script. */
export function mattersSection(matters: readonly Matter[]): Html {
  if (matters.length === 0) {
    return html`<p>Nothing waits for a person. Notices whose item is not found and embargoes that can’t be read land here.</p>`
  }
  const rows = matters.map((matter) => {
    const { path, body } = settlingOf(matter)
    const why = matter.flags.map((flag) => sentences[flag] ?? flag).join(' ')
    return html`<tr><td>${matter.headline}<br><small>${[matter.issuer, matter.id].filter((part) => part !== '').join(' · ')}</small></td>
<td>${why}${candidates(matter)}</td>
<td><code>POST ${path}</code><br><code>${JSON.stringify(body)}</code></td></tr>`
  })
  return html`<div class="scroll"><table><thead><tr><th>Item</th><th>Why</th><th>What settles it</th></tr></thead><tbody>${rows}</tbody></table></div>`
}

function candidates({ candidates: found }: Matter): Html {
  if (found.length === 0) return html``
  const lines = found.map(
    ({ id, headline, published }) =>
      html`<li>${headline} <small>${id}, ${published.slice(0, 10)}</small></li>`,
  )
  return html`<ul>${lines}</ul>`
}
