// A canvas knows no custom properties: asks the page what colour each token has now.

/** Tokens that charts are drawn with. */
export type ColorToken = 'pine' | 'pine-tint' | 'pine-bar' | 'brass-fill' | 'brick-bar' | 'line' | 'control' | 'ink-3'
export type TokenColors = Record<ColorToken, string>

const TOKENS: readonly ColorToken[] = [
  'pine',
  'pine-tint',
  'pine-bar',
  'brass-fill',
  'brick-bar',
  'line',
  'control',
  'ink-3',
]

/** Reads them where `parent` stands, so that its theme counts. */
export function tokenColors(parent: HTMLElement): TokenColors {
  const probe = document.createElement('span')
  probe.hidden = true
  parent.append(probe)
  const colors = Object.fromEntries(
    TOKENS.map((token) => {
      probe.style.color = `var(--${token})`
      return [token, getComputedStyle(probe).color]
    }),
  )
  probe.remove()
  return colors as TokenColors
}

/** Calls back when the colours may have changed: the system's theme, the page's switch, or forced colours. Returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', changed)
  const switched = new MutationObserver(changed)
  switched.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  return () => {
    for (const query of queries) query.removeEventListener('change', changed)
    switched.disconnect()
  }
}
