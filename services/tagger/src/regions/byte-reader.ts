const newline = 10
const space = 32
const comma = 44
const zero = 48
const nine = 57

/** Reads a text in UTF-8 from front to end; numbers and names in it become no strings. */
export class ByteReader {
  readonly bytes: Buffer
  /** Where the next piece begins. */
  at = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** Up to the end of the line, which is left behind. */
  line(): string {
    const end = this.#endOf(newline)
    const line = this.bytes.toString('utf8', this.at, end)
    this.at = end + 1
    return line
  }

  /** Where the word ends that begins here: before a tab, a space or the end of a line or list. */
  wordEnd(): number {
    const { bytes } = this
    let end = this.at
    while (end < bytes.length && (bytes[end] as number) > space) end += 1
    return end
  }

  /** Where the field ends that begins here, before a tab. */
  fieldEnd(): number {
    return this.#endOf(9)
  }

  /** Digits and the one byte behind them. */
  number(): number {
    const { bytes } = this
    let value = 0
    for (; this.at < bytes.length; this.at += 1) {
      const byte = bytes[this.at] as number
      if (byte < zero || byte > nine) break
      value = value * 10 + byte - zero
    }
    this.at += 1
    return value
  }

  /** Numbers with commas between, added to a list, and the one byte behind them. */
  numbers(list: number[]): void {
    do list.push(this.number())
    while (this.bytes[this.at - 1] === comma)
  }

  /** The byte that was read last. */
  isAfter(char: string): boolean {
    return this.bytes[this.at - 1] === char.charCodeAt(0)
  }

  #endOf(byte: number): number {
    const end = this.bytes.indexOf(byte, this.at)
    return end < 0 ? this.bytes.length : end
  }
}
