import { useCallback, useEffect, useState } from 'react'
import {
  Button,
  Checkbox,
  type Key,
  type Selection,
  Tree,
  TreeItem,
  TreeItemContent,
} from 'react-aria-components'
import { AskError, ask } from '../../ask/ask.js'
import { type Choice, valuesOf, withoutValue, withValue } from '../../filter/choice.js'
import { Problem } from '../../parts/problem.js'
import { useLanguage, useWords } from '../../words/words.js'
import type { ChoiceProps } from '../choice-props.js'
import { belowPath, capitalized, type Row, type Rows, rememberLabels } from '../vocabulary.js'

type Below = Readonly<Record<string, readonly Row[]>>
const root = 'root'

/** All topics; what stands below one is fetched when it is opened. */
export function TopicTree({ choice, choose }: ChoiceProps) {
  const { subscribe } = useWords()
  const { below, error, load } = useBelow()
  useEffect(() => void load(root), [load])
  const expand = (keys: Set<Key>) => {
    for (const key of keys) if (!below[String(key)]) void load(String(key))
  }
  if (error) return <Problem error={error} again={() => void load(root)} />
  return (
    <Tree
      className="tree"
      aria-label={subscribe.keys.topic}
      selectionMode="multiple"
      selectedKeys={valuesOf(choice, 'topic', 'is')}
      onSelectionChange={(keys) => choose(withTopics(choice, keys))}
      onExpandedChange={expand}
    >
      {(below[root] ?? []).map((row) => (
        <TopicItem key={row.code} row={row} below={below} />
      ))}
    </Tree>
  )
}

function useBelow() {
  const [below, setBelow] = useState<Below>({})
  const [error, setError] = useState<AskError>()
  const load = useCallback(async (parent: string) => {
    try {
      const { items } = await ask<Rows>(belowPath('topic', parent))
      rememberLabels(items)
      setError(undefined)
      setBelow((known) => ({ ...known, [parent]: items }))
    } catch (failure) {
      if (!(failure instanceof AskError)) throw failure
      setError(failure)
    }
  }, [])
  return { below, error, load }
}

/** The tree tells all that is selected; what it does not show yet stays as it is. */
function withTopics(choice: Choice, keys: Selection): Choice {
  if (keys === 'all') return choice
  const chosen = new Set([...keys].map(String))
  const standing = valuesOf(choice, 'topic', 'is')
  const added = [...chosen].filter((code) => !standing.includes(code))
  const gone = standing.filter((code) => !chosen.has(code))
  const without = gone.reduce((left, code) => withoutValue(left, 'topic', code), choice)
  return added.reduce((more, code) => withValue(more, 'topic', code, 'is'), without)
}

function TopicItem({ row, below }: { readonly row: Row; readonly below: Below }) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const label = capitalized(row.labels[language], language)
  return (
    <TreeItem id={row.code} textValue={label} hasChildItems={row.narrower > 0}>
      <TreeItemContent>
        {({ hasChildItems, isExpanded }) => (
          <div className="branch">
            {hasChildItems ? (
              <Button slot="chevron" className="chevron" aria-label={subscribe.open(label)}>
                {isExpanded ? '▾' : '▸'}
              </Button>
            ) : (
              <span className="chevron" />
            )}
            <Checkbox slot="selection" className="box">
              <span className="tick" aria-hidden="true" />
            </Checkbox>
            <span>{label}</span>
          </div>
        )}
      </TreeItemContent>
      {(below[row.code] ?? []).map((each) => (
        <TopicItem key={each.code} row={each} below={below} />
      ))}
    </TreeItem>
  )
}
