// The console starts here.
import { createRoot } from 'react-dom/client'
import '../shared/tokens.css'
import '../shared/parts.css'
import './console.css'
import { App } from './app.tsx'
import { followAddress } from './router.ts'
import { followTheme } from '../shared/theme.ts'

followTheme()
followAddress()
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
