import { PermanentError } from '@newswire/bus'
import { type RawItem, rawContentTypes } from '@newswire/model'
import type { Reading } from '../draft.js'
import { readCision } from './cision.js'
import { readDigitalwires } from './digitalwires.js'
import { readEntry } from './entry.js'
import { readNinjs } from './ninjs.js'
import { readPresseportal } from './presseportal.js'
import { readText } from './text.js'
import { readXml } from './xml-document.js'

/** To add a format, write `formats/<name>.ts` (raw item → Reading) and name it here. */
const formats: Readonly<Record<string, (raw: RawItem) => Reading>> = {
  [rawContentTypes.entry]: readEntry,
  [rawContentTypes.ninjs]: readNinjs,
  [rawContentTypes.text]: readText,
  [rawContentTypes.xml]: readXml,
  [rawContentTypes.digitalwires]: readDigitalwires,
  [rawContentTypes.presseportal]: readPresseportal,
  [rawContentTypes.cision]: readCision,
}

/** What a raw item says, read by the format of its content type. */
export function readRaw(raw: RawItem): Reading {
  const read = formats[raw.contentType]
  if (read) return read(raw)
  throw new PermanentError(
    `Content of type ${raw.contentType} cannot be read; send ninjs as application/json, NewsML or NITF as application/xml, or the wire text as text/plain.`,
  )
}
