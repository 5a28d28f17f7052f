import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const built = fileURLToPath(new URL('dist/app/', import.meta.url))
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Each file beside itself as gzip and brotli: the server packs nothing while people wait. */
function packed(): Plugin {
  return {
    name: 'newswire-packed',
    async closeBundle() {
      const files = await readdir(built, { recursive: true, withFileTypes: true })
      const paths = files
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name))
      await Promise.all(
        paths.map(async (path) => {
          const bytes = await readFile(path)
          await Promise.all([
            writeFile(`${path}.gz`, await zip(bytes, { level: 9 })),
            writeFile(`${path}.br`, await brotli(bytes)),
          ])
        }),
      )
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('app', import.meta.url)),
  base: '/app/',
  plugins: [react(), packed()],
  build: {
    outDir: built,
    emptyOutDir: true,
    target: 'es2022',
    // A picture in the text of a style would be a request less, and a hole in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        index: fileURLToPath(new URL('app/index.html', import.meta.url)),
        item: fileURLToPath(new URL('app/src/item/island.tsx', import.meta.url)),
      },
      output: {
        // Pages of another service name this one: its address is the same over all builds.
        entryFileNames: ({ name }) => (name === 'item' ? 'item.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
