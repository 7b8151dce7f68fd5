// `npm run chat`: talk to a running everdesk from a terminal, or pipe messages through it.
import { styleText } from 'node:util'
import { companySystems } from '../src/company-systems.ts'
import { readConfig } from '../src/config.ts'
import { readArguments, USAGE } from './chat/arguments.ts'
import { chatAtTerminal } from './chat/interactive.ts'
import { chatThroughPipe } from './chat/piped.ts'
import type { Screen } from './chat/screen.ts'
import { createSession, messageOf } from './chat/session.ts'
import type { Session } from './chat/session.ts'
import { createClient } from './client/client.ts'
import { answers, findRunning } from './client/running-everdesk.ts'
import { createSignIns } from './client/sign-in.ts'

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2))
  if (asked === 'help') {
    console.log(USAGE)
    return
  }
  const { api, issuer } = await findEverdesk()
  const signIns = createSignIns(issuer)
  const customer = { role: 'customer', sub: asked.as } as const
  await signIns(customer, false) // Says at once that there is no such customer.
  const client = createClient({ api, token: (fresh) => signIns(customer, fresh) })
  const open = async (screen: Screen, signal: AbortSignal): Promise<Session> => {
    const session = createSession({ client, screen, signal })
    if (asked.conversation !== undefined) await session.resume(asked.conversation)
    return session
  }
  if (process.stdin.isTTY && process.stdout.isTTY) {
    const welcome = `${styleText('bold', 'everdesk')} at ${api}, you are ${asked.as}. ${styleText('dim', '/help lists the commands.')}`
    await chatAtTerminal({ welcome, open })
  } else await chatThroughPipe(open)
}

/** That of `npm start`, else one of separate processes on the configured port. */
async function findEverdesk(): Promise<{ api: string; issuer: string }> {
  const config = readConfig()
  const running = await findRunning(config.home)
  if (running !== undefined) return running
  const api = config.publicUrl ?? `http://localhost:${config.port}`
  if (await answers(api)) return { api, issuer: companySystems(config).issuer }
  throw new Error(`No everdesk answers, neither from ${config.home} nor at ${api}. Start one with: npm start`)
}

try {
  await main()
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
