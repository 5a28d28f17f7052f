import { html, page } from './page.js'

/** `/`: the three uses of the house, each with an address to take away. */
export function frontPage(publicUrl: string): string {
  const feed = `${publicUrl}/feeds/rss?region=CN`
  const webhook = `curl -X POST ${publicUrl}/api/v1/webhooks \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
  -d '{"url": "https://example.org/hook", "filter": {"region": ["CN"]}}'`
  return page({
    title: 'Press releases as feeds and webhooks',
    main: html`<h1>Press releases as feeds and webhooks</h1>
<p>Releases come in from the wires, are cleaned and tagged by region and topic, and go out to you.
A correction never loses to its original, and a withdrawal reaches everyone.</p>
<h2>Subscribe to a feed</h2>
<p>Every filter has an address. Take one of these, or change its parameters:</p>
<ul>
<li><a href="/feeds/rss">All releases</a> as RSS, <a href="/feeds/atom">Atom</a>, <a href="/feeds/json">JSON Feed</a> or <a href="/feeds/ninjs">ninjs</a></li>
<li><a href="/feeds/rss?region=CN">China</a>, <a href="/feeds/rss?region=142">Asia</a>, <a href="/feeds/rss?topic=medtop:04000000">economy</a>, <a href="/feeds/rss?lang=de">in German</a></li>
</ul>
<pre>${feed}</pre>
<p>Parameters: <code>region</code>, <code>topic</code>, <code>lang</code>, <code>source</code>, <code>issuer</code>, <code>q</code>, each also as <code>not.…</code>, and <code>limit</code>.</p>
<h2>Register a webhook</h2>
<pre>${webhook}</pre>
<p>Each call is signed as Standard Webhooks describes. The whole API: <a href="/api/openapi.json">openapi.json</a>.</p>
<h2>Watch the queues</h2>
<p><a href="/dashboard">The dashboard</a> shows every stage, its backlog and what went wrong.</p>`,
  })
}

/** The door to the rooms behind it. `fault` says why a try failed. */
export function loginPage(next: string, fault?: string): string {
  const why = fault === undefined ? html`` : html`<p class="bad">${fault}</p>`
  return page({
    title: 'Sign in',
    main: html`<h1>Sign in</h1>${why}
<p>Give a key that starts with <code>nw_</code>. The admin key is printed at the first start; <code>npx newswire admin-key</code> makes a new one.</p>
<form method="post" action="/login">
<input type="hidden" name="next" value="${next}">
<p><label>Key<br><input name="key" type="password" autocomplete="current-password" required autofocus></label></p>
<p><button>Sign in</button></p>
</form>`,
  })
}
