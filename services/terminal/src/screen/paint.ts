import { styleText } from 'node:util'
import { clean } from './clean.js'

/** The few colours of the terminal, by what they mean. */
const styles = {
  good: 'green',
  bad: 'red',
  odd: 'yellow',
  dim: 'dim',
  strong: 'bold',
  accent: 'cyan',
} as const satisfies Record<string, Parameters<typeof styleText>[0]>

export type Style = keyof typeof styles

/** A text with a meaning that may show as a colour. */
export interface Painted {
  readonly text: string
  readonly style: Style
}

/** What a line is made of; every text in it is cleaned on its way out. */
export type Piece = string | number | Painted

export function paint(style: Style, text: string | number): Painted {
  return { text: String(text), style }
}

/** Without its colour. */
export function plain(piece: Piece): string {
  return clean(typeof piece === 'object' ? piece.text : String(piece))
}

export function coloured(piece: Piece, hasColour: boolean): string {
  const text = plain(piece)
  if (!hasColour || typeof piece !== 'object' || text === '') return text
  return styleText(styles[piece.style], text, { validateStream: false })
}
