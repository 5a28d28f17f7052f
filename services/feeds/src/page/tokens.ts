/**
 * The window's own names of colours, steps and sizes, as `services/dashboard/app/src/frame/
 * tokens.css` has them: a service takes no file from another, and a test holds them equal.
 */
export const tokens = `/* All that a colour, a step or a size is called. 8-pixel grid; one accent. */
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #14171a);
  --sheet: light-dark(#ffffff, #1b1f23);
  --sunk: light-dark(#f1efe9, #101316);
  --line: light-dark(#dcd8cd, #30363c);
  --ink: light-dark(#1c1f21, #e8e6e1);
  --quiet: light-dark(#5b6165, #a0a6ab);
  --accent: light-dark(#0b5d56, #4fc3b5);
  --accent-soft: light-dark(#d9ecea, #17393a);
  --on-accent: light-dark(#ffffff, #06201e);
  --good: light-dark(#1d6b36, #74c98d);
  --warn: light-dark(#8a5300, #f0b45a);
  --bad: light-dark(#a3232a, #f28b8b);
  --bad-soft: light-dark(#f8e4e3, #3a2022);
  --sea: light-dark(#eef2f2, #171c20);
  --land: light-dark(#d6d9d2, #363d42);
  --step: 8px;
  --radius: 6px;
  --text: 16px;
  --small: 14px;
  --tiny: 12px;
  --face: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "DejaVu Sans Mono", monospace;
}

:root[data-theme="light"] {
  color-scheme: light;
}

:root[data-theme="dark"] {
  color-scheme: dark;
}

*,
::before,
::after {
  box-sizing: border-box;
}

html {
  background: var(--paper);
  color: var(--ink);
  font: var(--text) / 1.5 var(--face);
  font-variant-numeric: tabular-nums;
  -webkit-text-size-adjust: 100%;
}

body {
  margin: 0;
}

h1,
h2,
h3,
p,
ul,
ol,
figure {
  margin: 0;
  padding: 0;
}

h1,
h2,
h3 {
  line-height: 1.25;
  font-weight: 650;
  text-wrap: balance;
}

a {
  color: var(--accent);
  text-underline-offset: 0.2em;
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

button,
input,
select,
textarea {
  font: inherit;
  color: inherit;
}

[data-react-aria-pressable] {
  touch-action: pan-x pan-y pinch-zoom;
}

.quiet {
  color: var(--quiet);
}

.small {
  font-size: var(--small);
}

.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

@media (prefers-reduced-motion: no-preference) {
  .country {
    transition: fill 120ms;
  }
}
`
