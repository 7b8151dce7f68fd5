// Light or dark: the system's wish until somebody chooses here. All pages of this origin follow the choice.
import { keptForBrowser } from './kept.ts'

type Theme = 'light' | 'dark'

const systemTheme = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')

/** Puts the chosen theme on the page, now and whenever another page of ours changes it. */
export function followTheme(): void {
  show()
  addEventListener('storage', show)
}

/** Changes it for every page of ours in this browser. */
export function switchTheme(): void {
  const now = keptForBrowser.read<Theme>('theme') ?? systemTheme()
  keptForBrowser.write('theme', now === 'dark' ? 'light' : 'dark')
  show()
}

function show(): void {
  const chosen = keptForBrowser.read<Theme>('theme')
  if (chosen) document.documentElement.dataset['theme'] = chosen
}
