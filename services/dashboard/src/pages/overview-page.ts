import type { Overview } from '../overview.js'
import { mattersSection } from './matters-section.js'
import { type Html, html, page } from './page.js'

const refreshSeconds = 5

/** The overview as a page: the flow, then what is behind each number. */
export function overviewPage(overview: Overview): string {
  return page({
    title: 'Dashboard',
    signedIn: true,
    refreshSeconds,
    main: html`<h1>The wire at this moment</h1>
${flow(overview)}
<h2 id="matters">For a person</h2>${mattersSection(overview.matters)}
<h2>Stages</h2>${groupTable(overview)}
<h2 id="sources">Sources</h2>${sourceTable(overview)}
<h2 id="dead">Dead letters</h2>${deadTable(overview)}
<h2>Jobs</h2>${queueTable(overview)}
<h2>Streams</h2>${streamTable(overview)}
<p class="quiet">Redis holds ${megabytes(overview.memory.usedBytes)}. This page loads itself again every ${refreshSeconds} seconds.</p>`,
  })
}

function flow({ groups, items, deadLetters, endpoints, readModelLag, sources }: Overview): Html {
  const waiting = (prefix: string) =>
    groups
      .filter(({ group }) => group.startsWith(prefix))
      .reduce((sum, { pending, inFlight }) => sum + pending + inFlight, 0)
  const failing = sources.filter(({ position }) => position?.lastError !== undefined).length
  return html`<ul class="flow">
<li>Intake<strong>${sources.length}</strong>${sources.length === 1 ? 'source' : 'sources'}, ${failing} failing</li>
<li>Normalizer<strong>${waiting('normalizer')}</strong>waiting</li>
<li>Tagger<strong>${waiting('tagger')}</strong>waiting</li>
<li>Feeds<strong>${items}</strong>items, ${readModelLag.tagged} behind</li>
<li>Webhooks<strong>${waiting('webhooks')}</strong>waiting, ${endpoints.active} active endpoints</li>
<li>Dead letters<strong>${deadLetters.count}</strong>${deadLetters.count === 0 ? 'none to look at' : html`<a href="#dead">to look at</a>`}</li>
</ul>`
}

function groupTable({ groups }: Overview): Html {
  if (groups.length === 0) return html`<p>No stage has started yet.</p>`
  const rows = groups.map(
    (each) => html`<tr><td>${each.group}</td><td>${each.stream}</td>
<td class="number">${each.pending}</td><td class="number">${each.inFlight}</td>
<td class="number">${each.redelivered}</td><td class="number">${each.acknowledged}</td></tr>`,
  )
  return table(['Stage', 'Reads', '#Waiting', '#In work', '#Given again', '#Done up to'], rows)
}

function sourceTable({ sources }: Overview): Html {
  if (sources.length === 0) {
    return html`<p>No source is polled. Add one with <code>POST /api/v1/sources</code>, push a release to <code>POST /api/v1/items</code>, or drop a file into DROP_DIR.</p>`
  }
  const rows = sources.map(({ source, position }) => {
    const state = !source.enabled
      ? html`stopped`
      : position?.lastError === undefined
        ? html`<span class="ok">well</span>`
        : html`<span class="bad">${position.lastError}</span>`
    return html`<tr><td>${source.name}<br><small>${source.url}</small></td><td>${state}</td>
<td class="number">${position?.entries ?? 0}</td><td class="number">${position?.polls ?? 0}</td>
<td class="number">${position?.emptyPolls ?? 0}</td><td class="number">${position?.failures ?? 0}</td>
<td>${when(position?.lastItemAt, 'never')}</td><td>${when(position?.nextPollAt, '–')}</td></tr>`
  })
  const heads = [
    'Source',
    'State',
    '#Entries',
    '#Polls',
    '#Empty',
    '#Failed',
    'Last item',
    'Next poll',
  ]
  return table(heads, rows)
}

function deadTable({ deadLetters }: Overview): Html {
  if (deadLetters.newest.length === 0) {
    return html`<p>None. What a stage cannot handle lands here, whole, with its reason.</p>`
  }
  const rows = deadLetters.newest.map(
    ({ sequence, value }) => html`<tr>
<td><a href="/api/v1/dead-letters/${sequence}">${sequence}</a></td><td>${value.stage}</td>
<td>${value.error.message}</td><td>${when(value.at, '–')}</td></tr>`,
  )
  return table(['Letter', 'Stage', 'Why', 'When (UTC)'], rows)
}

function queueTable({ queues }: Overview): Html {
  if (queues.length === 0) return html`<p>No queue is open.</p>`
  const rows = queues.map(
    (each) => html`<tr><td><a href="/dashboard/queues">${each.queue}</a></td>
<td class="number">${each.waiting}</td><td class="number">${each.active}</td>
<td class="number">${each.delayed}</td><td class="number">${each.failed}</td></tr>`,
  )
  return table(['Queue', '#Waiting', '#In work', '#For later', '#Failed'], rows)
}

function streamTable({ streams }: Overview): Html {
  const rows = streams.map(
    (each) => html`<tr><td>${each.stream}</td><td class="number">${each.messages}</td>
<td class="number">${megabytes(each.bytes)} of ${megabytes(each.bytesMax)}</td></tr>`,
  )
  return table(['Stream', '#Facts', '#Size'], rows)
}

/** A head that starts with `#` stands over numbers. */
function table(heads: readonly string[], rows: readonly Html[]): Html {
  const cells = heads.map((head) =>
    head.startsWith('#') ? html`<th class="number">${head.slice(1)}</th>` : html`<th>${head}</th>`,
  )
  return html`<div class="scroll"><table><thead><tr>${cells}</tr></thead><tbody>${rows}</tbody></table></div>`
}

/** A time in UTC to the second, or a word where there is none. */
function when(instant: string | undefined, none: string): Html {
  if (instant === undefined) return html`${none}`
  return html`<time datetime="${instant}">${instant.slice(0, 19).replace('T', ' ')}</time>`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`
}
