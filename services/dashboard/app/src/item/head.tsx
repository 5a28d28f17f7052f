import { createPortal } from 'react-dom'
import { Tools } from '../frame/tools.js'

/**
 * The tools of the window in the head that the server wrote. The page itself is in one language:
 * the link that stands there leads to the same in the other, and is what a choice follows. Whoever
 * comes back finds this one as it was.
 */
export function Head({ place }: { readonly place: HTMLElement }) {
  const follow = (code: string) => {
    const link = place.querySelector<HTMLAnchorElement>(`a[hreflang="${code}"]`)
    if (link) location.assign(link.href)
  }
  return createPortal(<Tools onLanguage={follow} />, place)
}
