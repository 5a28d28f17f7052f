/** The windows that people have: a desk, a tablet, a phone. CSS pixels. */
export const sizes = {
  desk: { width: 1440, height: 1000 },
  tablet: { width: 768, height: 1024 },
  phone: { width: 390, height: 844 },
} as const
export type Size = keyof typeof sizes

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]
