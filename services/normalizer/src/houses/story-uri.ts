import { stableGuid } from '../life/identify.js'
import { houseOfUrl } from './index.js'

/** The wires that publish NewsML under their own name. */
const wireOfProvider: readonly { form: RegExp; wire: string }[] = [
  { form: /(?:^|\.)businesswire\.com$/iu, wire: 'bw' },
  { form: /(?:^|\.)(?:globenewswire|marketwired?)\.com$/iu, wire: 'gnw' },
  { form: /(?:^|\.)dpa\.(?:com|de)$/iu, wire: 'dpa' },
  { form: /(?:^|\.)(?:newsaktuell|news-aktuell|presseportal)\.(?:de|ch)$/iu, wire: 'na' },
  { form: /(?:^|\.)prnewswire\.(?:com|co\.uk|ca)$/iu, wire: 'prn' },
  { form: /(?:^|\.)(?:ots|apa)\.at$/iu, wire: 'apa' },
]
/** RFC 3085, section 2: `urn:newsml:ProviderId:DateId:NewsItemId[:RevisionId]`. */
const newsmlUrn =
  /^(?:urn:newsml:)?(?<provider>[\w.-]{3,100}):(?<date>\d{8}(?:T?\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)?):(?<item>\S{1,300})$/iu
/** RFC 4151, section 2.1: `tag:authority,date:specific`. */
const tagUri = /^tag:(?<provider>[\w.-]{3,100}),(?<date>\d{4}(?:-\d{2}){0,2}):(?<item>\S{1,300})$/iu
const revision = /:\d{1,4}[NUA]?$/u
/** Of a provider whose customs nobody knows a bare number may be part of the name. */
const sureRevision = /:\d{1,4}[NUA]$/u
const domain = /^(?:www\.)?(?<name>(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})$/iu

export interface StoryName {
  /** The wire that gave the name; undefined where the name does not tell. */
  wire?: string
  wireId: string
}

/** The wire whose provider id this is: `businesswire.com` → `bw`. */
export function wireOf(provider: string | undefined): string | undefined {
  const name = provider?.trim() ?? ''
  return wireOfProvider.find(({ form }) => form.test(name))?.wire
}

/**
 * What an item's guid or uri names: a story of a wire by the wire's own id, the same through every
 * revision and format; of another provider, whose domain is its wire, by what it calls the story
 * (`urn:newsml:agency.example:20260714:A1` → `agency-example`, `20260714-A1`); else the name
 * itself.
 */
export function storyOf(uri: string): StoryName {
  const name = uri.trim()
  const { provider, date, item } = (newsmlUrn.exec(name) ?? tagUri.exec(name))?.groups ?? {}
  const wire = wireOf(provider)
  if (wire !== undefined && item !== undefined) return { wire, wireId: item.replace(revision, '') }
  const house = houseOfUrl(uri)
  const ofPage = house?.wireIdOf(uri)
  if (house?.wire !== undefined && ofPage !== undefined) return { wire: house.wire, wireId: ofPage }
  const token = domainToken(provider)
  if (token !== undefined) {
    return { wire: token, wireId: `${date}-${item}`.replace(sureRevision, '') }
  }
  return pageOf(stableGuid(uri)) ?? { wireId: stableGuid(uri) }
}

/** A page by its host and what stands behind that. */
function pageOf(stable: string): StoryName | undefined {
  const slash = stable.indexOf('/')
  const host = stable.slice(0, Math.max(slash, 0))
  const wire = wireOf(host) ?? domainToken(host)
  const wireId = stable.slice(slash + 1)
  return wire === undefined || wireId === '' ? undefined : { wire, wireId }
}

/**
 * `agency.example` as the token of a wire. Those of the houses have no hyphen, so never meet it.
 */
function domainToken(provider: string | undefined): string | undefined {
  const name = domain.exec(provider ?? '')?.groups?.['name']
  return name?.toLowerCase().replaceAll('.', '-')
}
