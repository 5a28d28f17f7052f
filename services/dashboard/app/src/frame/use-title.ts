import { type RefObject, useEffect } from 'react'

/** The window's title says what its page is headed, in whatever language and room. */
export function useTitle(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = main.current
    if (!element) return undefined
    const name = () => {
      const heading = element.querySelector('h1')?.textContent?.trim()
      const title = heading ? `${heading} · Newswire` : 'Newswire'
      if (document.title !== title) document.title = title
    }
    const observer = new MutationObserver(name)
    observer.observe(element, { childList: true, characterData: true, subtree: true })
    name()
    return () => observer.disconnect()
  }, [main])
}
