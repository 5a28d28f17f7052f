import { type Bus, type Register, WrongSequenceError } from '@newswire/bus'
import {
  callerOf,
  type HttpRequest,
  Problem,
  type Routes,
  requireRole,
  schemaOf,
} from '@newswire/http'
import {
  type HandTags,
  handTagsSchema,
  revisionOf,
  type TaggedItem,
  tagSchemes,
  toToken,
} from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { ItemState, Store } from '@newswire/store'
import { z } from 'zod'
import { taggerLimits } from '../limits.js'
import type { Vocabulary } from '../vocabulary.js'
import { merged, type Said } from './hand-tags.js'
import { isKnown, nearestTo } from './nearest.js'
import { createReviser } from './revise.js'

const codes = z
  .array(z.strictObject({ scheme: z.string().max(20), code: z.string().min(1).max(100) }))
  .max(taggerLimits.handTagsMax)
const tagsSchema = z.strictObject({ add: codes.optional(), remove: codes.optional() })
/** The language of a text is what it is. */
const schemes = tagSchemes.filter((scheme) => scheme !== 'lang')

export interface HandRoutesOptions {
  readonly bus: Bus
  readonly store: Pick<Store, 'itemState'>
  readonly clock: Clock
  readonly vocabulary: Vocabulary
}

/** `POST /api/v1/items/{id}/tags`: a person gives tags to an item and takes them. Audited. */
export function handRoutes({ bus, store, clock, vocabulary }: HandRoutesOptions): Routes {
  return async (server) => {
    const handTags = await bus.register('handTags', handTagsSchema)
    const revise = createReviser({ bus, handTags, vocabulary })

    async function handle(request: HttpRequest): Promise<object> {
      const { id } = request.params as { id: string }
      const { add = [], remove = [] } = tagsSchema.parse(request.body)
      checkSaid({ add, remove }, vocabulary)
      const { wire } = await find(store, id)
      const [actor, at] = [callerOf(request).keyId, clock.now().toISOString()]
      const row = await say(handTags, { item: id, wire, add, remove, actor, at })
      const fact = { actor, action: 'item.tags', subject: id, at, detail: { add, remove } }
      await bus.publish('audit', fact, { actor }, { id: `tags:${toToken(id)}:${row.revision}` })
      return answerOf(row.value, await revise({ wire, id }))
    }

    server.post(
      '/api/v1/items/:id/tags',
      {
        preHandler: requireRole('admin'),
        schema: {
          tags: ['decisions'],
          summary: 'Gives tags to an item and takes tags from it, through all of its versions',
          body: schemaOf(tagsSchema),
          params: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
        },
      },
      handle,
    )
  }
}

/** Without a revision nothing of the item is public: the tags wait for it. */
function answerOf({ item, add, remove }: HandTags, shown: TaggedItem | undefined): object {
  const isOut = shown?.status === 'usable'
  return { id: item, add, remove, revision: isOut ? revisionOf(shown) : null }
}

/** Adds to what people said before; the newer word on a code stands. */
async function say(handTags: Register<HandTags>, said: HandTags) {
  const key = toToken(said.item)
  for (let tries = 0; tries < taggerLimits.decisionsMax; tries += 1) {
    const row = await handTags.get(key)
    const value = { ...said, ...merged(row?.value, said) }
    checkRoom(value)
    try {
      const revision = row
        ? await handTags.update(key, value, row.revision)
        : await handTags.create(key, value)
      return { value, revision }
    } catch (error) {
      if (!(error instanceof WrongSequenceError)) throw error
    }
  }
  throw new Problem({
    status: 409,
    slug: 'changed-meanwhile',
    title: 'Others keep changing these tags',
    detail: 'Nothing was changed. Look at the item, and try again.',
  })
}

async function find(store: Pick<Store, 'itemState'>, id: string): Promise<ItemState> {
  const state = await store.itemState(id)
  if (state && !state.lineage.at(-1)?.erased) return state
  throw new Problem({
    status: state ? 409 : 404,
    slug: state ? 'erased' : 'unknown-item',
    title: state ? 'The item was erased by law' : 'There is no such item',
    detail: state
      ? 'Nothing can be done to it any more.'
      : `No item has the id ${id}. Check it, or look the item up in GET /api/v1/items.`,
  })
}

function checkSaid({ add, remove }: Said, vocabulary: Vocabulary): void {
  if (add.length + remove.length === 0) {
    throw unfit(
      'Send tags in `add` or in `remove`, such as {"add": [{"scheme": "iso3166-1", "code": "CN"}]}.',
    )
  }
  const twice = add.find((one) =>
    remove.some(({ code, scheme }) => code === one.code && scheme === one.scheme),
  )
  if (twice) throw unfit(`${twice.code} stands in \`add\` and in \`remove\`: leave it out of one.`)
  for (const given of [...add, ...remove]) {
    if (isKnown(given, vocabulary)) continue
    const isScheme = schemes.some((scheme) => scheme === given.scheme)
    const meant = nearestTo(given, vocabulary)
    const why = isScheme
      ? `${given.scheme} has no code ${given.code}`
      : `There is no scheme ${given.scheme} here`
    throw unfit(
      `${why}. Perhaps {"scheme": "${meant.scheme}", "code": "${meant.code}"} (${meant.label})?`,
      { meant },
    )
  }
}

function checkRoom({ add, remove }: Said): void {
  if (add.length <= taggerLimits.handTagsMax && remove.length <= taggerLimits.handTagsMax) return
  throw unfit(`An item takes at most ${taggerLimits.handTagsMax} tags of people each way.`)
}

function unfit(detail: string, extra: Readonly<Record<string, unknown>> = {}): Problem {
  return new Problem({
    status: 422,
    slug: 'unfit-tags',
    title: 'These tags can’t be given',
    detail,
    extra,
  })
}
