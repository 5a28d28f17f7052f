import { generic } from './generic.js'
import type { House } from './house.js'

/** `OTS_20230119_OTS0052`; the last number begins anew every day, so only the whole is an id. */
const storyPath = /\bots\.at\/presseaussendung\/(OTS_\d{8}_OTS\d{4})\b/iu

/** APA-OTS, the Austrian original text service. */
export const apaOts: House = {
  ...generic,
  wire: 'apa',
  zone: 'Europe/Vienna',
  creditOf: (issuer) =>
    issuer === ''
      ? 'Verbreitet durch APA-OTS'
      : `Originaltext von: ${issuer}, verbreitet durch APA-OTS`,
  wireIdOf: (url) => storyPath.exec(url)?.[1],
}
