import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import '@newswire/look/tokens.css'
import './frame/frame.css'
import './parts/parts.css'

const root = document.getElementById('newswire')
if (!root) throw new Error('The page has no place for the window.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
