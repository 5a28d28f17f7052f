import { escapeHtml } from '@newswire/model'

/**
 * Stands for texts while the library writes: none of theirs passes its hands, since it escapes too
 * little in attributes, elements and CDATA. A hole is an address, so it fits wherever one is asked
 * for.
 */
export class Holes {
  readonly #written: string[] = []

  /** A hole for what is well-formed XML already. */
  of(written: string): string {
    this.#written.push(written)
    return `urn:hole:${this.#written.length - 1}:`
  }

  /** A hole for character data or an attribute's value. */
  text(plain: string): string {
    return this.of(escapeHtml(plain))
  }

  /** A hole for an element's text that holds much markup. */
  markup(html: string): string {
    return this.of(`<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`)
  }

  /** The document with every hole filled, also those that the library put into CDATA. */
  fill(skeleton: string): string {
    return skeleton.replace(
      /<!\[CDATA\[urn:hole:(\d+):\]\]>|urn:hole:(\d+):/g,
      (_, inCdata: string | undefined, bare: string | undefined) =>
        this.#written[Number(inCdata ?? bare)] ?? '',
    )
  }
}

/** An element with what is written in it. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  content = '',
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeHtml(value ?? '')}"`)
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/**
 * Plain text where readers guess whether it is HTML: by an end tag or a character reference (so do
 * Universal Feed Parser and the W3C validator). What only looks like one is parted by a sign that
 * nobody sees (U+2060), and read as it is.
 */
export function neverHtml(plain: string): string {
  return plain.replace(/<(?=\/\w+>)|&(?=#?\w+;)/g, '$&\u2060')
}
