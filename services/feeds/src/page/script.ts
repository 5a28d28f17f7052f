/** `/feeds/page.js`: shows the copy buttons and makes them work. Without it the fields do. */
export const script = `'use strict'
try {
  const theme = localStorage.getItem('newswire.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Where a browser keeps nothing, the page follows the system.
}
document.addEventListener('focusin', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.readOnly) event.target.select()
})
const status = document.createElement('p')
status.className = 'unseen'
status.setAttribute('role', 'status')
document.body.append(status)
for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy)
  const label = button.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    const done = await copy(field)
    const word = done ? button.dataset.done : button.dataset.byHand
    status.textContent = word
    if (!done) return
    button.textContent = word
    button.classList.add('done')
    setTimeout(() => {
      button.textContent = label
      button.classList.remove('done')
      status.textContent = ''
    }, 2000)
  })
}

/** Browsers give the clipboard to secure pages only; the older way works on the others too. */
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    field.focus()
    field.select()
    return document.execCommand('copy')
  }
}
`
