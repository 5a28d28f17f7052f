import { languages, useLanguage, useWords } from '../words/words.js'
import { SignIn } from './sign-in.js'
import { themes, useTheme } from './theme.js'

/** Language, colours and sign-in. `onLanguage`: what else is to be done where another is chosen. */
export function Tools({ onLanguage }: { readonly onLanguage?: (code: string) => void }) {
  const { frame } = useWords()
  const [language, setLanguage] = useLanguage()
  const [theme, setTheme] = useTheme()
  const choose = (code: string) => {
    setLanguage(code)
    onLanguage?.(code)
  }
  return (
    <div className="tools">
      <select
        className="select"
        aria-label={frame.language}
        value={language}
        onChange={({ target }) => choose(target.value)}
      >
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label={frame.theme}
        value={theme}
        onChange={({ target }) => setTheme(themes.find((each) => each === target.value) ?? 'auto')}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {frame.themes[each]}
          </option>
        ))}
      </select>
      <SignIn />
    </div>
  )
}
