import './node-version.mjs'
import { command, main, say, tool } from './command.mjs'
import { setup } from './setup.mjs'

/** What is looked for, and by whom. Each is run, whatever the others say. */
const checks = {
  'types of the tests': ['tsc', '-p', 'tsconfig.test.json', '--pretty', 'false'],
  'types of the window': ['tsc', '-p', 'services/dashboard/app/tsconfig.json', '--pretty', 'false'],
  'format and lint': ['biome', 'check', '--error-on-warnings', '.'],
  'promises left alone': ['oxlint', '--type-aware'],
  'who may import whom': ['turbo', 'boundaries'],
  'what nobody uses': ['knip'],
  'laws of this repository': ['vitest', 'run', 'tests/tidy'],
}

await main(async () => {
  const began = performance.now()
  await setup({ needsServers: false })
  report('types', true, began)
  let failed = 0
  for (const [name, [program = '', ...args]] of Object.entries(checks)) {
    const start = performance.now()
    const { ok, output } = await command(tool(program), args, {
      env: { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', FORCE_COLOR: '0' },
    })
    report(name, ok, start)
    if (ok) continue
    failed += 1
    say(output.trim())
  }
  say(failed === 0 ? 'All is well.' : `${failed} of the checks failed.`)
  return failed === 0 ? 0 : 1
})

/**
 * @param {string} name
 * @param {boolean} ok
 * @param {number} start
 */
function report(name, ok, start) {
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  say(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`)
}
