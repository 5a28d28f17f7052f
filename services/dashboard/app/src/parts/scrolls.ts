/** What scrolls takes the focus, so that it scrolls by the keyboard too (WCAG 2.1.1). */
export const scrolls = { tabIndex: 0 } as const
