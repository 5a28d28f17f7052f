import { count, paint } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import type { RetagOptions } from './local-house.js'

export async function rebuild({ here, screen, isJson }: Session): Promise<Outcome> {
  const local = here()
  const bar = screen.progress('Reading facts')
  const { items, facts } = await local.rebuild(bar.at)
  bar.end()
  if (isJson) screen.json({ items, facts })
  else {
    const standing = `${count(items)} items are public`
    screen.line(`The read models are made again from ${count(facts)} facts: ${standing}.`)
  }
  return outcomes.done
}

export async function retag(options: RetagOptions, session: Session): Promise<Outcome> {
  const { here, screen, isJson } = session
  const local = here()
  const bar = screen.progress('Reading items')
  const { document, text } = await local.retag(options, bar.at)
  bar.end()
  if (isJson) screen.json(document)
  else for (const line of text.trimEnd().split('\n')) screen.line(line)
  return outcomes.done
}

export async function adminKey({ here, screen, isJson }: Session): Promise<Outcome> {
  const { key, keptIn } = await here().adminKey()
  if (isJson) {
    screen.json({ key, keptIn })
    return outcomes.done
  }
  screen.line('The new admin key is ', paint('strong', key))
  screen.line('The one that Newswire made before is revoked.')
  screen.line(paint('dim', `This machine's terminal finds the new one in ${keptIn}.`))
  return outcomes.done
}
