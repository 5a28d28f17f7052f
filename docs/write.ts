import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startNewswire } from '@newswire/kit'
import { documents, root } from './documents.js'
import { openApi } from './openapi.js'

for (const [path, content] of Object.entries(documents())) writeFileSync(join(root, path), content)

await using newswire = await startNewswire()
const described = (await (await newswire.api('/api/openapi.json')).json()) as object
writeFileSync(join(root, 'docs/openapi.json'), `${JSON.stringify(openApi(described), null, 2)}\n`)
