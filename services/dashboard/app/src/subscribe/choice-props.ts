import type { Choice } from '../filter/choice.js'

/** What every part of the page that changes the choice is given. */
export interface ChoiceProps {
  readonly choice: Choice
  readonly choose: (choice: Choice) => void
}
