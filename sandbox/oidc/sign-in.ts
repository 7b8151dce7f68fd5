// The sign-in page of the demo: choose who you are. No password, loopback only, nothing to steal.
import { Router, urlencoded } from 'express'
import type { Request, Response } from 'express'
import type { Provider } from 'oidc-provider'
import { Refusal } from '../http/refusal.ts'
import type { Store } from '../store/database.ts'
import { accountId, personClaims, roles, staff } from './accounts.ts'
import type { PersonClaims } from './accounts.ts'

/** `GET` shows the people, `POST role=&sub=` signs one in, both at `/oidc/interaction/{uid}`. */
export function signInRoutes(provider: Provider, store: Store): Router {
  const router = Router()
  router.get('/oidc/interaction/:uid', async (request, response) => {
    await interaction(provider, request, response)
    const customers = ['cust_1001', 'cust_1002', 'cust_1003', 'cust_1004']
      .map((sub) => personClaims(store, 'customer', sub))
      .filter((person) => person !== undefined)
    response
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(page(request.path, [...staff, ...customers]))
  })
  router.post('/oidc/interaction/:uid', urlencoded({ extended: false }), async (request, response) => {
    await interaction(provider, request, response)
    const body: Record<string, unknown> = request.body ?? {}
    const role = roles.find((known) => known === body['role'])
    const person = role && typeof body['sub'] === 'string' ? personClaims(store, role, body['sub']) : undefined
    if (!person) throw new Refusal(422, 'invalid_request', 'choose one of the people, or a seeded customer')
    await provider.interactionFinished(request, response, { login: { accountId: accountId(person) } })
  })
  return router
}

async function interaction(provider: Provider, request: Request, response: Response): Promise<void> {
  try {
    await provider.interactionDetails(request, response)
  } catch {
    throw new Refusal(400, 'malformed', 'this sign-in is over: start again from the application')
  }
}

function page(action: string, people: PersonClaims[]): string {
  const buttons = people.map(
    (person) => `<form method="post" action="${action}">
<input type="hidden" name="role" value="${person.role}"><input type="hidden" name="sub" value="${person.sub}">
<button>${person.name}<small>${person.role}${person.tier ? `, ${person.tier}` : ''} (${person.sub})</small></button></form>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>Sign in: demo company</title><style>
body{font:16px/1.5 system-ui;max-width:26rem;margin:3rem auto;padding:0 1rem}button{font:inherit;width:100%;text-align:left;padding:.6rem .8rem;margin:.2rem 0;border:1px solid #8888;border-radius:.4rem;background:none;cursor:pointer}
small{display:block;opacity:.7}input[name=sub]:not([type=hidden]){font:inherit;padding:.5rem;width:100%;box-sizing:border-box}
</style><h1>Who are you today?</h1><p>The demo company signs anybody in.</p>
${buttons.join('\n')}
<form method="post" action="${action}"><p>or another seeded customer</p><input type="hidden" name="role" value="customer">
<input name="sub" placeholder="cust_1005" pattern="cust_[0-9]+" required><button>Sign in</button></form></html>`
}
