// The widget's own room on somebody else's page. Its style sheet is made by the script, so that a page whose policy allows no
// inline style needs no exception for it.
import chat from '../chat.css?inline'
import parts from '../../shared/parts.css?inline'
import tokens from '../../shared/tokens.css?inline'
import widget from './widget.css?inline'

export function shadowIn(page: HTMLElement, theme: string | undefined): { host: HTMLElement; inside: HTMLElement } {
  const host = document.createElement('everdesk-chat')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync([tokens, parts, chat, widget].join('\n'))
  root.adoptedStyleSheets = [sheet]
  const inside = document.createElement('div')
  inside.className = 'everdesk'
  if (theme !== undefined) inside.dataset['theme'] = theme
  // Keys pressed in the chat are no shortcuts of the page.
  for (const name of ['keydown', 'keyup', 'keypress'] as const) root.addEventListener(name, stop)
  root.append(inside)
  page.append(host)
  return { host, inside }
}

const stop = (event: Event): void => event.stopPropagation()
