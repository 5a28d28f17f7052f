import { useState } from 'react'
import {
  ComboBox,
  Input,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components'
import { withValue } from '../../filter/choice.js'
import { useLanguage, useWords } from '../../words/words.js'
import type { ChoiceProps } from '../choice-props.js'
import { capitalized, type Row, useSearchRows } from '../vocabulary.js'

/** Regions by their names: countries, their states, parts of the world, blocs. */
export function RegionField({ choice, choose }: ChoiceProps) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const [text, setText] = useState('')
  const { rows, isAsking } = useSearchRows('region', text, language)
  const pick = (key: Key | null) => {
    if (key === null) return
    choose(withValue(choice, 'region', String(key), 'is'))
    setText('')
  }
  return (
    <ComboBox
      className="region-field"
      inputValue={text}
      onInputChange={setText}
      selectedKey={null}
      onSelectionChange={pick}
      items={rows}
      menuTrigger="input"
      // Opens while its options are still asked for: they would come too late to open it.
      allowsEmptyCollection={text.trim() !== ''}
    >
      <Label className="unseen">{subscribe.keys.region}</Label>
      <Input className="input" placeholder={subscribe.regionsSay} />
      <Popover className="popover">
        <ListBox
          items={rows}
          renderEmptyState={() => (
            <p className="option quiet">{isAsking ? '…' : subscribe.noMatch}</p>
          )}
        >
          {({ code, labels }: Row) => (
            <ListBoxItem id={code} className="option" textValue={labels[language]}>
              <span>{capitalized(labels[language], language)}</span>
              <span className="quiet">{code.replace(/^.*:/, '')}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
