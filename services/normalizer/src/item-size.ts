import { PermanentError } from '@newswire/bus'
import { itemLimits } from '@newswire/model'

/** PermanentError where an item of this size is more than an item may be. */
export function assertItemSize(bytes: number): void {
  if (bytes <= itemLimits.itemBytesMax) return
  throw new PermanentError(
    `The item has at least ${bytes} bytes and may have ${itemLimits.itemBytesMax}; send a shorter text.`,
  )
}
