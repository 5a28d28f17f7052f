import { Problem } from '@newswire/http'
import { intakeLimits } from '../limits.js'

/** The content type of what is pushed is none that is read here. */
export function unsupported(mediaType: string, accepted: readonly string[]): Problem {
  return new Problem({
    status: 415,
    slug: 'unsupported-media-type',
    title: 'This media type is not taken here',
    detail: `${mediaType || 'No content type'} can't be read: send ${accepted.join(', ')}.`,
    extra: { accepted },
  })
}

export function empty(): Problem {
  return new Problem({
    status: 422,
    slug: 'empty-body',
    title: 'The release is empty',
    detail: 'Send the text of the release as the body.',
  })
}

export function tooLarge(bytesMax: number = intakeLimits.itemBytesMax): Problem {
  return new Problem({
    status: 413,
    slug: 'too-large',
    title: 'The release is too large',
    detail: `Send at most ${bytesMax} bytes of text in UTF-8 for one release.`,
    extra: { bytesMax },
  })
}

export function tooMany(count: number): Problem {
  const { releasesPerMessageMax } = intakeLimits
  return new Problem({
    status: 413,
    slug: 'too-many-releases',
    title: 'Too many releases at once',
    detail: `The message holds ${count} releases: send at most ${releasesPerMessageMax} in one.`,
    extra: { releasesPerMessageMax },
  })
}

export function iptc7901(): Problem {
  return noRelease(
    'iptc-7901',
    'IPTC 7901 is not read here',
    'The text begins like a message of IPTC 7901: send the release as NewsML-G2, NITF, ninjs or plain text.',
  )
}

/** What is well-formed and still no release; `detail` says what to send instead. */
export function noRelease(slug: string, title: string, detail: string, cause?: unknown): Problem {
  return new Problem({ status: 422, slug, title, detail }, cause === undefined ? {} : { cause })
}
