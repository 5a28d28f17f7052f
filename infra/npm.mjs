import process from 'node:process'

const lookEveryMs = 250

/**
 * npm passes SIGINT and SIGTERM on to what it runs, but a killed npm says nothing: whoever ended it
 * wants us to end too. The scripts in package.json begin with `exec`, so that no shell stands
 * between npm and us: one that dies of the signal would leave us behind, and one that lives on
 * would hide npm's end.
 */
export function endWithNpm() {
  if (!process.env['npm_lifecycle_script']?.startsWith('exec ')) return
  const npm = process.ppid
  const look = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, lookEveryMs)
  look.unref()
}
