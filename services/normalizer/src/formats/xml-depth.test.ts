import { describe, expect, it } from 'vitest'
import { isDeeperThan } from './xml-depth.js'

describe('isDeeperThan', () => {
  it.each([
    ['<a><b><c/></b></a>', 2, false],
    ['<a><b><c></c></b></a>', 2, true],
    ['<a/><a/><a/>', 1, false],
    ['<a><![CDATA[<p><p><p>]]></a>', 1, false],
    ['<a><!-- <p><p> --></a>', 1, false],
    ['<n:a x="1"><n:b y="2">', 1, true],
  ])('looks at %s', (xml, depthMax, isDeeper) => {
    expect(isDeeperThan(depthMax, xml)).toBe(isDeeper)
  })

  it('takes little time for elements without end', () => {
    for (const unit of ['<div>', '<a', '<![CDATA[', '<!--', '<']) {
      const before = process.cpuUsage()
      isDeeperThan(200, unit.repeat(200_000))
      const { user, system } = process.cpuUsage(before)
      expect((user + system) / 1_000).toBeLessThan(1_000)
    }
  })
})
