// Deciding by a signed link: GET shows, and changes nothing, because mail scanners follow links; POST decides.
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import { textProblems } from '../guardrails/text-input.ts'
import { linkSecret, readLink, type LinkClaims } from '../kernel/approval-link.ts'
import { decideApproval } from '../kernel/decide-approval.ts'
import { findApproval } from '../kernel/reads/approvals.ts'
import { findConversation } from '../kernel/reads/conversations.ts'
import { APPROVAL_STYLE, approvalPage, closedPage } from './approval-page.ts'
import type { Service } from './service.ts'

const OVER = 'This link is not valid any more. Ask for the request in the console, or wait for a newer link.'
const DONE = { approve: 'Your approval is kept.', refuse: 'You refused it; nothing will be done.' } as const

export function approvalLinks(service: Service): Router {
  const router = Router()
  router.get('/approvals/style.css', (_request, response) => void response.type('css').send(APPROVAL_STYLE))
  router.get('/approvals/:id', policy, (request, response) => show(service, request, response))
  router.post('/approvals/:id', policy, readForm, (request, response) => decide(service, request, response))
  return router
}

/** Forms may go to us and nowhere else; the address with its token is told to nobody. */
const policy: RequestHandler = (_request, response, next) => {
  const rules = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  response.set('Content-Security-Policy', rules).set('Referrer-Policy', 'no-referrer').type('html')
  next()
}

const parseForm = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 10 })
/** What cannot be read is the client's fault, whatever the parser calls it. */
const readForm: RequestHandler = (request, response, next) =>
  parseForm(request, response, (error: unknown) => {
    next(error === undefined ? undefined : new Refusal('malformed', 'The form cannot be read.'))
  })

async function show(service: Service, request: Request, response: Response): Promise<void> {
  const token = textOf(request.query['token'])
  const claims = await claimsOf(service, request, response, token)
  const approval = claims && (await findApproval(service.kernel, claims.approval))
  if (!claims || !approval) return void response.status(403).send(closedPage(OVER))
  const { name } = claims.person
  response.send(approvalPage({ approval, token, name, said: whyNot(approval, claims) }))
}

async function decide(service: Service, request: Request, response: Response): Promise<void> {
  const { kernel, mask, ringer } = service
  const form = request.body as Record<string, unknown> | undefined
  const token = textOf(form?.['token'])
  const claims = await claimsOf(service, request, response, token)
  if (!claims) return void response.status(403).send(closedPage(OVER))
  const decision = form?.['decision'] === 'approve' ? 'approve' : form?.['decision'] === 'refuse' ? 'refuse' : null
  const reason = textOf(form?.['reason']).trim()
  if (decision === null || (reason !== '' && textProblems(reason).length > 0)) {
    return void response.status(422).send(closedPage('That was no decision. Open the link again.'))
  }
  const { person, digest } = claims
  try {
    const { outcome } = await decideApproval(kernel, {
      approvalId: claims.approval,
      person,
      decision,
      digest,
      reason: reason === '' ? undefined : mask(reason).text,
      by: 'link',
    })
    const row = await findConversation(kernel, outcome.conversation_id)
    if (row) ringer.ring(row, 'approvalDecided', { floor: row.floor })
    response.send(approvalPage({ approval: outcome, token, name: person.name, said: DONE[decision] }))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    response.status(409).send(closedPage(error.message))
  }
}

/** Null, and counted against the address, for a token that does not speak for this approval. */
async function claimsOf(
  { kernel, rateLimits }: Service,
  request: Request,
  response: Response,
  token: string,
): Promise<LinkClaims | null> {
  const now = { time: kernel.now().getTime(), approvers: kernel.links.approvers }
  const claims = readLink(await linkSecret(kernel), token, now)
  if (claims?.approval === request.params['id']) return claims
  await rateLimits.stranger(request.ip ?? 'unknown', response)
  return null
}

function whyNot(
  approval: { digest: string; decisions: { by: { id: string } }[] },
  claims: LinkClaims,
): string | undefined {
  if (approval.digest !== claims.digest) return 'What is asked for has changed since this link was sent.'
  return approval.decisions.some(({ by }) => by.id === claims.person.id) ? 'You have decided on this.' : undefined
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
