/** The one style sheet: a calm wire room, an 8-pixel grid, one accent, light and dark. */
export const style = `
:root { color-scheme: light dark; --ink: #1b2733; --quiet: #5b6b7b; --line: #d9e0e6;
  --paper: #fbfcfd; --panel: #ffffff; --accent: #0b6e8a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #98a6b3; --line: #2c3742;
  --paper: #12181e; --panel: #1a222a; --accent: #4fc3dc; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/24px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
nav { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center;
  gap: 8px 16px; padding: 16px 24px; border-bottom: 1px solid var(--line); }
nav span { display: flex; gap: 16px; align-items: center; }
nav form { margin: 0; }
.brand { font-weight: 700; letter-spacing: .02em; }
a { color: var(--accent); text-underline-offset: 3px; }
nav a { text-decoration: none; }
main { max-width: 1120px; margin: 0 auto; padding: 24px; }
h1 { font-size: 28px; line-height: 32px; margin: 8px 0 16px; }
h2 { font-size: 18px; margin: 32px 0 8px; }
p, li { max-width: 68ch; }
small, .quiet { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 20px; }
th { text-align: left; font-weight: 600; color: var(--quiet); }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top;
  overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
time { white-space: nowrap; }
.flow { display: flex; flex-wrap: wrap; align-items: stretch; gap: 8px; padding: 0;
  list-style: none; }
.flow li { flex: 1 1 150px; background: var(--panel); border: 1px solid var(--line);
  border-radius: 8px; padding: 12px 16px; }
.flow strong { display: block; font-size: 24px; line-height: 32px; }
.ok::before { content: "● "; color: var(--accent); }
.bad { color: var(--bad); }
.bad::before { content: "▲ "; }
pre, code { font: 14px/20px ui-monospace, monospace; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
  padding: 12px 16px; overflow-x: auto; }
input { font: inherit; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--panel); color: inherit; width: min(100%, 480px); }
button { font: inherit; padding: 8px 16px; border: 1px solid var(--accent); border-radius: 8px;
  background: none; color: var(--accent); cursor: pointer; white-space: nowrap; }
.scroll { overflow-x: auto; }
.scroll :is(th, td):not(.number) { min-width: 120px; }
`
