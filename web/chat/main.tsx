// The chat page starts here: a guest by default, a customer after signing in at the issuer. The conversation goes along.
import { render } from 'preact'
import { createSignIn, type SignIn } from '../shared/sign-in.ts'
import { readWebConfig } from '../shared/web-config.ts'
import { Panel } from './parts/panel.tsx'
import { createChat } from './session/chat.ts'
import { wordsFor } from './words/words.ts'
import '../shared/tokens.css'
import '../shared/parts.css'
import './chat.css'
import './page.css'

/** The issuer sends back to where the chat is. */
const HERE = '/chat'

async function signInOf(): Promise<SignIn | undefined> {
  try {
    const { issuer, chat_client_id: clientId, audience, resource, scope } = await readWebConfig()
    return createSignIn({ issuer, clientId, redirectUri: `${location.origin}${HERE}`, audience, resource, scope })
  } catch {
    // Guests need no issuer.
    return undefined
  }
}

/** Comes back from the issuer, when that is where the person was. */
async function finish(signIn: SignIn | undefined): Promise<void> {
  const query = new URLSearchParams(location.search)
  if (!signIn || !query.has('state')) return
  history.replaceState(null, '', HERE)
  await signIn.finish(query).catch((error: unknown) => console.warn('The sign-in did not end well.', error))
}

async function start(root: HTMLElement): Promise<void> {
  const locale = navigator.language
  const signIn = await signInOf()
  await finish(signIn)
  const token = (await signIn?.current())?.accessToken
  const renew = async () => ((await signIn?.renew()) ? signIn?.tokens()?.accessToken : undefined)
  // Begins as the guest this browser may be, so that what the guest said comes along.
  const chat = createChat({ desk: '', locale, renew })
  if (token !== undefined) await chat.signIn(token)
  // Within another page of ours the issuer would not show itself; it does in a tab of its own.
  const framed = window.top !== window
  const begin = () => (framed ? void open(HERE, '_blank', 'noopener') : void signIn?.begin(HERE))
  const signOut = () => {
    chat.signOut()
    void signIn?.signOut(HERE)
  }
  const frame = { heading: 'h1', ...(signIn ? { signIn: { begin }, signOut } : {}) } as const
  render(<Panel chat={chat} words={wordsFor(locale)} locale={locale} frame={frame} />, root)
}

const root = document.getElementById('root')
if (root) void start(root)
