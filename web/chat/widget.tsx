// The chat as a script on any page: `<script src="https://desk.example/widget.js" data-everdesk async></script>`. It brings its own
// shadow root, so that neither page changes the other's look, and leaves one name behind: `window.everdesk`.
import { render } from 'preact'
import { createChat } from './session/chat.ts'
import { Corner } from './widget/corner.tsx'
import { readSettings } from './widget/settings.ts'
import { shadowIn } from './widget/shadow.ts'
import { wordsFor } from './words/words.ts'
import type { Embedded } from './widget/embedded.ts'
import { watched } from '../shared/watched.ts'

declare global {
  interface Window {
    everdesk?: Embedded
  }
}

// Only while the script runs for the first time does the browser say which one it is.
const script = document.currentScript

function start(): void {
  if (window.everdesk) return
  const settings = readSettings(script)
  const { locale } = settings
  const chat = createChat({
    desk: settings.desk,
    locale,
    token: settings.token,
    renew: async () => {
      dispatchEvent(new CustomEvent('everdesk:token-refused'))
      return undefined
    },
  })
  const open = watched(settings.open)
  const { host, inside } = shadowIn(document.body, settings.theme)
  render(<Corner chat={chat} open={open} words={wordsFor(locale)} locale={locale} signIn={settings.signIn} />, inside)
  window.everdesk = {
    signIn: (token) => chat.signIn(token),
    signOut: () => chat.signOut(),
    open: () => open.set(true),
    close: () => open.set(false),
    remove() {
      chat.stop()
      render(null, inside)
      host.remove()
      delete window.everdesk
    },
  }
  dispatchEvent(new CustomEvent('everdesk:ready'))
}

if (document.body) start()
else addEventListener('DOMContentLoaded', start, { once: true })
