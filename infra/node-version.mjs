// Imported before anything else: what comes after may not even load on an older Node.
import process from 'node:process'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isNewEnough = major > 20 || (major === 20 && minor >= 19)

if (!isNewEnough) {
  process.stderr.write(
    `Newswire needs Node 20.19 or newer, and this is ${process.version}. Get it at nodejs.org.\n`,
  )
  process.exit(1)
}

if (process.platform === 'win32') {
  process.stderr.write('Newswire runs on Linux and macOS. On Windows, use WSL.\n')
  process.exit(1)
}
