import { localName, type Mark, marksOf } from '../feed/markup.js'
import { intakeLimits } from '../limits.js'

/** The text is no XML that can be read; the message is a sentence that says why. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault'
  /** The text ends before its root element does: its writer may not have finished. */
  readonly isCut: boolean
  /** It declares entities of its own, which may blow up without end. */
  readonly declaresEntities: boolean

  constructor(message: string, is: { cut?: boolean; declaring?: boolean } = {}) {
    super(message)
    this.isCut = is.cut ?? false
    this.declaresEntities = is.declaring ?? false
  }
}

export interface Span {
  /** Local name. */
  readonly name: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

export interface Outline {
  /** Local name of the root element. */
  readonly root: string
  /** The outermost elements of the names that were asked for, the root among them. */
  readonly parts: readonly Span[]
}

/**
 * The root of an XML text and where its parts stand, by one look at its markup: tags that close
 * what they should, up to the end. Nothing that a DOCTYPE names is loaded, and one that declares
 * entities is refused. Throws XmlFault.
 */
export function outlineOf(xml: string, partNames: ReadonlySet<string>): Outline {
  const parts: Span[] = []
  let root: string | undefined
  let partsEnd = 0
  for (const { name, start, end, depth } of elementsOf(xml)) {
    if (depth === 0 && root !== undefined) throw new XmlFault(secondRoot(root, name))
    if (depth === 0) root = name
    // Elements come by where they begin: one within a part is passed over.
    if (!partNames.has(name) || start < partsEnd) continue
    parts.push({ name, start, end })
    partsEnd = end
  }
  if (root === undefined) throw new XmlFault('There is no element: this is no XML.')
  return { root, parts }
}

interface Found extends Span {
  readonly depth: number
}

/** Every element, in the order in which they begin. */
function elementsOf(xml: string): Found[] {
  const reading: Reading = { found: [], open: [] }
  let end = 0
  for (const mark of marksOf(xml)) {
    end = mark.end
    if (mark.kind === 'doctype') assertPlain(xml.slice(mark.start, mark.end))
    else read(reading, mark)
  }
  const { found, open } = reading
  if (open.length === 0 && xml.indexOf('<', end) < 0) return found
  throw new XmlFault(`The XML breaks off before its end, within <${openName(open)}>.`, {
    cut: true,
  })
}

interface Reading {
  readonly found: { name: string; start: number; end: number; depth: number }[]
  readonly open: Open
}

function read({ found, open }: Reading, mark: Mark): void {
  const { kind, start, end } = mark
  if (kind === 'open' || kind === 'empty') {
    found.push({ name: localName(mark.name), start, end, depth: open.length })
  }
  if (kind === 'open') push(open, { mark, index: found.length - 1 })
  if (kind !== 'close') return
  const element = found[close(open, mark)]
  if (element) element.end = end
}

type Open = { mark: Mark; index: number }[]

function push(open: Open, entry: Open[number]): void {
  if (open.length >= intakeLimits.depthMax) {
    throw new XmlFault(`The XML is nested deeper than ${intakeLimits.depthMax} levels.`)
  }
  open.push(entry)
}

/** Which of the elements this tag closes. */
function close(open: Open, mark: Mark): number {
  const last = open.pop()
  if (last?.mark.name === mark.name) return last.index
  const expected = last ? ` where </${shown(last.mark.name)}> should stand` : ' and nothing is open'
  throw new XmlFault(`The XML is broken: </${shown(mark.name)}>${expected}.`)
}

function assertPlain(doctype: string): void {
  if (!/<!ENTITY\b/iu.test(doctype)) return
  throw new XmlFault('The DOCTYPE declares entities; send the XML without them, written out.', {
    declaring: true,
  })
}

function secondRoot(root: string, name: string): string {
  return `The XML is broken: <${shown(name)}> stands behind the root element <${shown(root)}>.`
}

function openName(open: Open): string {
  return shown(open.at(-1)?.mark.name ?? 'a tag')
}

const nameCharsShown = 40

function shown(name: string): string {
  return name.slice(0, nameCharsShown)
}
