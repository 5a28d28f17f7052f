import { tokens } from '@newswire/look'

/**
 * `/feeds/page.css`: the pages of feeds and items, in the colours and on the grid of the window.
 */
export const style = `${tokens}
body { line-height: 24px; }
.masthead { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 24px;
  padding: 12px 24px; border-bottom: 1px solid var(--line); background: var(--sheet); }
.masthead .name { display: inline-flex; align-items: center; gap: 8px; color: var(--ink);
  font-weight: 700; text-decoration: none; }
.masthead nav { display: flex; gap: 16px; margin-inline-end: auto; }
.masthead nav a { padding: 4px 0; color: var(--quiet); text-decoration: none;
  border-bottom: 2px solid transparent; }
.masthead nav a:hover { color: var(--ink); }
#newswire-tools { display: flex; align-items: center; min-height: 36px; font-size: 14px; }
#newswire-tools:has(.tools) .tongue { display: none; }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; min-width: 0; }
.footer { display: flex; flex-wrap: wrap; gap: 8px 24px; padding: 16px 24px;
  border-top: 1px solid var(--line); color: var(--quiet); font-size: 14px; }
body { display: flex; flex-direction: column; min-height: 100vh; }
main { flex: 1 0 auto; width: 100%; max-width: 1120px; margin: 0 auto; padding: 24px; }
h1 { font-size: 28px; line-height: 36px; margin: 8px 0 16px; }
h2 { font-size: 18px; line-height: 24px; margin: 32px 0 8px; }
p { margin: 16px 0; }
p, li { max-width: 68ch; }
ul, ol { padding-inline-start: 24px; margin: 16px 0; }
small { color: var(--quiet); }
table { border-collapse: collapse; font-size: 14px; line-height: 20px; }
th, td { border-bottom: 1px solid var(--line); vertical-align: top; }
input { padding: 8px 12px; border: 1px solid var(--line); border-radius: var(--radius);
  background: var(--sheet); }
button { padding: 8px 16px; border: 1px solid var(--line); border-radius: var(--radius);
  background: var(--sheet); cursor: pointer; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 8px; z-index: 1; padding: 8px 16px; background: var(--sheet);
  border-radius: var(--radius); }
.unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
:is(a, button, input, summary):focus-visible { outline: 2px solid var(--accent);
  outline-offset: 2px; border-radius: 4px; }
.feed-head h1 { overflow-wrap: anywhere; }
.columns { display: grid; gap: 32px; align-items: start; }
.columns > * { min-width: 0; }
.subscribe { background: var(--sheet); border: 1px solid var(--line); border-radius: var(--radius);
  padding: 16px; }
.subscribe h2 { margin: 0 0 4px; }
.subscribe p { margin: 0 0 8px; }
.subscribe .quiet { font-size: 14px; line-height: 20px; }
.subscribe .hook { margin: 16px 0 8px; }
.subscribe .caution { border-inline-start: 3px solid var(--bad); padding-inline-start: 12px;
  font-size: 14px; line-height: 20px; }
.address { display: flex; align-items: center; gap: 8px; }
.address label { flex: 0 0 44px; font-size: 14px; color: var(--quiet); }
.address input { flex: 1 1 auto; min-width: 0; padding: 6px 8px; text-overflow: ellipsis;
  font: 14px/20px var(--mono); }
.address button { flex: 0 0 auto; min-width: 96px; padding: 6px 12px; font-size: 14px;
  line-height: 20px; }
.address button.done { background: var(--accent); color: var(--sheet); }
.button { display: inline-block; padding: 8px 16px; border: 1px solid var(--accent);
  border-radius: var(--radius); text-decoration: none; }
.entries { list-style: none; margin: 0; padding: 0; }
.entries > li { max-width: none; padding: 24px 0; border-top: 1px solid var(--line); }
.entries > li:first-child { border-top: 0; padding-top: 0; }
.entries h2 { font-size: 20px; line-height: 28px; margin: 4px 0; overflow-wrap: anywhere; }
.entries h2 a { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4;
  overflow: hidden; color: inherit; text-decoration-color: var(--line); }
.entries h2 a:hover { color: var(--accent); text-decoration-color: currentcolor; }
.entries p { margin: 4px 0 8px; overflow-wrap: anywhere; }
.meta, .credit { font-size: 14px; line-height: 20px; color: var(--quiet); }
time { white-space: nowrap; }
article.gone h2 a { text-decoration: line-through; color: var(--quiet); }
.mark { display: inline-block; padding: 0 8px; border: 1px solid currentcolor;
  border-radius: var(--radius); font-size: 13px;
  line-height: 20px; color: var(--accent); white-space: nowrap;
  text-decoration: none; }
.mark.gone { color: var(--bad); }
.tags { display: flex; flex-wrap: wrap; gap: 4px 8px; margin: 8px 0; padding: 0; list-style: none;
  font-size: 14px; line-height: 20px; }
.tags a { display: inline-block; padding: 2px 10px; border: 1px solid var(--line);
  border-radius: var(--radius); background: var(--sheet); text-decoration: none; }
.tags a:hover { border-color: var(--accent); }
.older { margin: 24px 0; }
.empty { border: 1px dashed var(--line); border-radius: var(--radius); padding: 24px; }
.empty h2 { margin: 0; }
.release { max-width: 68ch; margin: 0 auto; overflow-wrap: anywhere; }
.release h1 { font-size: 32px; line-height: 40px; overflow-wrap: anywhere; }
.release h1.long { font-size: 20px; line-height: 28px; }
.release .sub { font-size: 20px; line-height: 28px; color: var(--quiet); margin: 0 0 16px; }
.release .note { border-inline-start: 3px solid var(--accent); padding: 4px 0;
  padding-inline-start: 16px; margin: 16px 0; }
.release .note.gone { border-color: var(--bad); }
.release .dateline { font-weight: 600; margin-bottom: 0; }
.text { font-size: 17px; line-height: 28px; overflow-wrap: anywhere; }
.text :is(h2, h3, h4) { font-size: 20px; line-height: 28px; margin: 24px 0 8px; }
.text blockquote { margin: 16px 0; padding-inline-start: 16px;
  border-inline-start: 3px solid var(--line); }
.text table { display: block; overflow-x: auto; overflow-wrap: normal; }
.text :is(th, td) { padding: 6px 12px; overflow-wrap: normal; text-align: start; }
.text pre { white-space: pre-wrap; }
.release .credit { max-width: none; margin: 24px 0; padding-top: 16px;
  border-top: 1px solid var(--line); }
.release section h2 { font-size: 16px; line-height: 24px; margin: 24px 0 4px; }
.lines { white-space: pre-line; overflow-wrap: anywhere; }
.files { padding-inline-start: 20px; overflow-wrap: anywhere; }
@media (min-width: 960px) {
  .columns { grid-template-columns: minmax(0, 1fr) 352px; }
  .subscribe { order: 2; position: sticky; top: 16px; }
}
@media (max-width: 480px) {
  main { padding: 16px; }
  .masthead { padding: 12px 16px; }
  .footer { padding: 16px; }
  .masthead nav { order: 3; width: 100%; }
  #newswire-tools, .tools { flex: 1 1 auto; }
  #newswire-tools:has(.tools) { flex-basis: 100%; }
  .tools .select { flex: 1 1 0; min-width: 0; }
  h1 { font-size: 24px; }
  .release h1 { font-size: 26px; line-height: 32px; }
}
@media print { .masthead, .footer, #newswire-item, .subscribe, .skip, .older { display: none; } }
`
