/** Code page 037: the Latin-1 code of each byte. */
const codePage037: readonly number[] = [
  ...Buffer.from(
    [
      '000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f',
      '80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a',
      '20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293bac',
      '2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22',
      'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4',
      'b57e737475767778797aa1bfd0dddeae5ea3a5b7a9a7b6bcbdbe5b5dafa8b4d7',
      '7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff',
      '5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f',
    ].join(''),
    'hex',
  ),
]

/**
 * Where the other Latin code pages of mainframes differ from 037. 1140 has the euro sign, which
 * stands at 0x80 here and is put in its place after.
 */
const differences: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  cp037: {},
  cp500: { 74: 0x5b, 79: 0x21, 90: 0x5d, 95: 0x5e, 176: 0xa2, 186: 0xac, 187: 0x7c },
  cp1140: { 159: 0x80 },
}

const international = /500|ebcdic-cp-(?:be|ch)/

/** The code page that a label of EBCDIC stands for; 037, which differs least, for those unknown. */
export function ebcdicOf(label: string | undefined): string {
  const folded = (label ?? '').toLowerCase().replace(/_/g, '-')
  if (folded.includes('1140')) return 'cp1140'
  return international.test(folded) ? 'cp500' : 'cp037'
}

export function isEbcdic(charset: string): boolean {
  return Object.hasOwn(differences, charset)
}

/** Lines of EBCDIC end with NEL, which is U+0085 in Unicode. */
export function decodeEbcdic(bytes: Uint8Array, charset: string): string {
  const different = differences[charset] ?? {}
  const table = codePage037.map((latin1, byte) => different[byte] ?? latin1)
  const text = Buffer.from(bytes.map((byte) => table[byte] ?? 0)).toString('latin1')
  return text.replaceAll('\u0085', '\n').replaceAll('\u0080', '€')
}
