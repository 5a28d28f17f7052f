import './node-version.mjs'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { bareEnvironment, repository } from './binaries.mjs'
import { command, main, say, tool } from './command.mjs'
import { ensureChromium } from './fetch-chromium.mjs'
import { setup } from './setup.mjs'

const folder = join(repository, 'test-results')
const report = join(folder, `vitest-${process.pid}.json`)

const isCi = !['', '0', 'false'].includes(process.env['CI'] ?? '')

/**
 * Vitest's own count. A file that could not even be loaded, and an error outside any test, count
 * as one failure each: a run that went wrong never ends in "0 failed".
 * @param {boolean} ok
 */
function count(ok) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  const unloaded = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  const failed = numFailedTests + unloaded
  return {
    passed: numPassedTests,
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  }
}

/**
 * Whether these arguments may choose tests of the window: none chooses all tests.
 * @param {readonly string[]} args
 */
function mayMeanWindow(args) {
  const names = args.filter((arg) => !arg.startsWith('-'))
  return names.length === 0 || names.some((name) => /window|browser/.test(name))
}

await main(async () => {
  await setup()
  const args = process.argv.slice(2)
  const whyNoBrowser = mayMeanWindow(args) ? await ensureChromium() : undefined
  mkdirSync(folder, { recursive: true })
  // A worker that the runner ends can't tidy up after itself.
  const temporary = mkdtempSync(join(tmpdir(), 'newswire-tests-'))
  const { ok } = await command(
    tool('vitest'),
    [...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], ...args],
    // The folder of fetched servers holds redis-cli too.
    { show: true, env: { PATH: bareEnvironment()['PATH'] ?? '', TMPDIR: temporary } },
  )
  const { passed, failed: failedTests, skipped } = count(ok)
  // Where every change is judged, nothing goes by unseen.
  const isMissed = whyNoBrowser !== undefined && isCi
  const failed = failedTests + (isMissed ? 1 : 0)
  rmSync(report, { force: true })
  rmSync(temporary, { recursive: true, force: true })
  if (whyNoBrowser !== undefined) {
    const what = isMissed ? 'which CI does not let pass' : 'so nobody has looked at the pages'
    say(`The tests in a browser were skipped, ${what}. ${whyNoBrowser}`)
  }
  if (passed + failed === 0) say('No test has run.')
  say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return failed > 0 || passed === 0 ? 1 : 0
})
