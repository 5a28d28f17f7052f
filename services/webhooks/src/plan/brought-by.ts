import { asTold, asToldBefore, type Matcher, type TaggedItem } from '@newswire/model'

/**
 * Whom a tagging brings the item to: whose filter takes it as it may be told, and did not take it
 * before. What is sent may be a later tagging, which a person may have taken from some.
 */
export function broughtBy(
  matcher: Pick<Matcher, 'match'>,
  told: TaggedItem,
  sent: TaggedItem,
): readonly string[] {
  const before = asToldBefore(told)
  const had = before === undefined ? undefined : matcher.match(before)
  const views = new Set([asTold(told), ...(told.toldAs ? [told] : [])])
  if (sent !== told) views.add(asTold(sent))
  const [first, ...others] = [...views].map((view) => matcher.match(view))
  return [...(first ?? [])].filter(
    (endpoint) => !had?.has(endpoint) && others.every((each) => each.has(endpoint)),
  )
}
