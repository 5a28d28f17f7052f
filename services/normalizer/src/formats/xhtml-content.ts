import { fold } from '@newswire/model'
import type { Element } from 'domhandler'
import { defined } from '../defined.js'
import { plainText } from '../html/html.js'
import type { Content } from './content.js'
import { plainParagraphs } from './plain-paragraphs.js'
import { allOf, attributeOf, elementsOf, nameOf, rawTextOf, textOf } from './xml.js'
import { markupOf } from './xml-markup.js'

/** The head of a page, a dateline that has a field of its own, notes that are not for readers. */
const furniture =
  /(?:^|\s)(?:dateline|embargoed|slugline|publicationDate|closingline|notepad|np-nonpublic|np-public)(?:\s|$)/u
const titleNames = new Set(['h1', 'title'])

/**
 * A release as XHTML: without the headline said again, what stands around the text, and notes that
 * are not for publication. `elements` are an `html`'s children, or loose ones.
 */
export function xhtmlContent(elements: readonly Element[], headline: string | undefined): Content {
  const body = elements.find((element) => nameOf(element) === 'body')
  const all = body ? elementsOf(body) : elements
  const title = firstOf(all, isTitle)
  const deck = title && nextElement(title)
  const subheadline = deck && nameOf(deck) === 'h2' && all.length > 2 ? deck : undefined
  const teaser = teaserOf(all)
  const drops = (element: Element): boolean =>
    element === subheadline ||
    element === teaser ||
    furniture.test(attributeOf(element, 'class') ?? '') ||
    (nameOf(element) === 'header' && firstOf([element], isTitle) !== undefined) ||
    (isTitle(element) && repeats(element, headline ?? textOf(title)))
  const html = markupOf(body ? body.children : all, { drops }).trim()
  const typed = typedText(all)
  return {
    ...(typed === undefined
      ? { body: { html }, text: plainText(html) }
      : { body: { text: typed }, text: typed }),
    media: [],
    ...defined({
      headline: textOf(title),
      subheadline: textOf(subheadline),
      dateline: textOf(firstOf(all, (one) => attributeOf(one, 'class') === 'dateline')),
    }),
  }
}

const indentedLine = /\n {3,}\S/u
const flushLine = /\n\S/u

/**
 * One paragraph that holds a whole text as it was typed: wrapped lines flush left, paragraphs
 * indented. Where all lines are indented, the XML file is.
 */
function typedText(elements: readonly Element[]): string | undefined {
  const [only, ...others] = elements
  if (!only || others.length > 0 || elementsOf(only).length > 0) return undefined
  const text = rawTextOf(only)
  const isTyped = indentedLine.test(text) && flushLine.test(text)
  return isTyped ? plainParagraphs(text) : undefined
}

function isTitle(element: Element): boolean {
  return titleNames.has(nameOf(element))
}

function repeats(title: Element, headline: string | undefined): boolean {
  return headline !== undefined && fold(textOf(title) ?? '') === fold(headline)
}

/** A teaser stands above the text in dpa's pages, and in a field of its own. */
function teaserOf(elements: readonly Element[]): Element | undefined {
  return elements
    .flatMap((element) => allOf(element, 'p'))
    .find((element) => attributeOf(element, 'class') === 'teaser')
}

function firstOf(
  elements: readonly Element[],
  fits: (element: Element) => boolean,
): Element | undefined {
  const open = [...elements].toReversed()
  for (let element = open.pop(); element; element = open.pop()) {
    if (fits(element)) return element
    for (const inner of elementsOf(element).toReversed()) open.push(inner)
  }
  return undefined
}

function nextElement(element: Element): Element | undefined {
  const siblings = elementsOf(element.parent as Element | undefined)
  return siblings[siblings.indexOf(element) + 1]
}
