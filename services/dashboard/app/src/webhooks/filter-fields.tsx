import type { ChoiceProps } from '../subscribe/choice-props.js'
import { Chosen } from '../subscribe/chosen.js'
import { LanguageField } from '../subscribe/fields/language-field.js'
import { RegionField } from '../subscribe/fields/region-field.js'
import { Topics } from '../subscribe/fields/topics.js'
import { TypedField } from '../subscribe/fields/typed-field.js'
import { useWords } from '../words/words.js'
import '../subscribe/subscribe.css'

/** The filter of a webhook, by the fields of the page to subscribe. */
export function FilterFields(props: ChoiceProps) {
  const { subscribe } = useWords()
  return (
    <>
      <Chosen {...props} strays={[]} />
      <RegionField {...props} />
      <Topics {...props} />
      <LanguageField {...props} />
      <TypedField {...props} of="q" placeholder={subscribe.wordsSay} help={subscribe.wordsHelp} />
      <TypedField {...props} of="source" placeholder={subscribe.sourcesSay} />
      <TypedField
        {...props}
        of="issuer"
        placeholder={subscribe.issuersSay}
        help={subscribe.issuersHelp}
      />
    </>
  )
}
