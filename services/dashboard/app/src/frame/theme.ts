import { useState } from 'react'

/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark'
export const themes: readonly Theme[] = ['auto', 'light', 'dark']

const key = 'newswire.theme'

/** The theme of this browser, kept over visits. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const kept = themes.find((each) => each === localStorage.getItem(key)) ?? 'auto'
    show(kept)
    return kept
  })
  const choose = (next: Theme) => {
    localStorage.setItem(key, next)
    show(next)
    setTheme(next)
  }
  return [theme, choose]
}

function show(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
