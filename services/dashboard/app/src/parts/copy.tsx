import { useRef, useState } from 'react'
import { useWords } from '../words/words.js'

/** A text to take away, with a name before it and a button that answers at once. */
export function Copy({ name, text }: { readonly name: string; readonly text: string }) {
  const { parts } = useWords()
  const [copied, setCopied] = useState<string>()
  const shown = useRef<HTMLElement>(null)
  const copy = async () => {
    if (await isCopied(text, shown.current)) setCopied(text)
  }
  return (
    <div className="copy">
      <span>{name}</span>
      <code ref={shown}>{text}</code>
      <button
        className="button"
        type="button"
        aria-label={`${copied === text ? parts.copied : parts.copy}: ${name}`}
        onClick={() => void copy()}
      >
        {copied === text ? `✓ ${parts.copied}` : parts.copy}
      </button>
      <span className="unseen" role="status">
        {copied === text ? `${parts.copied}: ${name}` : ''}
      </span>
    </div>
  )
}

/**
 * Browsers give the clipboard to pages of https and of this machine only. Elsewhere the text is
 * selected and copied as with the keyboard; if not even that works, it stays selected.
 */
async function isCopied(text: string, shown: HTMLElement | null): Promise<boolean> {
  if (window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch (error) {
      // The reader has forbidden it.
      if (!(error instanceof DOMException)) throw error
    }
  }
  if (shown) getSelection()?.selectAllChildren(shown)
  return shown !== null && document.execCommand('copy')
}
