import { codesFileOf, loadCodes, type VocabularyRow } from '@newswire/vocabulary'
import { expect, test } from 'vitest'
import { loadVocabulary } from '../vocabulary.js'
import { codeRows } from './code-rows.js'

/** Else `npm run vocabulary -- codes` writes the file again. */
test('the file that filters know codes from is made from this vocabulary', () => {
  const codes = loadCodes()
  const bare = ({ narrower: _, ...row }: VocabularyRow) => row
  const shipped = [...codes.lookup('region').rows, ...codes.lookup('topic').rows].map(bare)
  expect(codesFileOf(shipped)).toBe(codesFileOf(codeRows(loadVocabulary())))
})
