// The first look: chat and console side by side. Where the issuer is the sandbox, demo people sign in with a click.
import { followTheme, switchTheme } from '../shared/theme.ts'
import { readWebConfig, type WebConfig } from '../shared/web-config.ts'
import { isSandboxIssuer, signInDemo } from './demo-sign-in.ts'
import { createPane, type Pane } from './pane.ts'
import { DEMO_PEOPLE, type DemoPerson, personRow } from './people.ts'
import { placeRow, placesOf } from './places.ts'

const [ADA, MIA] = ['cust_1001', 'agent_mia']

const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found
}

followTheme()
byId('theme').addEventListener('click', switchTheme)
await fill(await readWebConfig())

async function fill(config: WebConfig): Promise<void> {
  const sandbox = await isSandboxIssuer(config.issuer)
  byId('model').hidden = config.rehearsal !== true
  byId('places').replaceChildren(...placesOf(config, sandbox).map(placeRow))
  const chat = createPane({ frame: 'chat', caption: 'chat-caption', clientId: config.chat_client_id, path: '/chat' })
  if (!sandbox) {
    chat.open()
    byId('console-elsewhere').hidden = false
    return
  }
  const desk = createPane({
    frame: 'console',
    caption: 'console-caption',
    clientId: config.console_client_id,
    path: '/console',
  })
  byId('greeting').textContent = 'Everything is up. Ask as Ada, answer as Mia.'
  byId('people-section').hidden = false
  const paneOf = ({ role }: DemoPerson): Pane => (role === 'customer' ? chat : desk)
  const signIn = async (person: DemoPerson): Promise<void> => {
    const pane = paneOf(person)
    pane.keep(await signInDemo(config.issuer, person))
    pane.open()
  }
  byId('people').replaceChildren(...DEMO_PEOPLE.map((person) => personRow(person, () => void signIn(person))))
  for (const person of DEMO_PEOPLE.filter(({ sub }) => sub === ADA || sub === MIA)) {
    // Whoever reloads stays who they were.
    if (paneOf(person).isSignedIn()) paneOf(person).open()
    else await signIn(person)
  }
}
