// The page behind a signed link, made on the server: what will happen in words, and two forms. No script at all.
import type { ApprovalView } from '../kernel/approval-view.ts'
import { escapeHtml as escape } from './escape-html.ts'

export type PageFor = { approval: ApprovalView; token: string; name: string; said?: string | undefined }

/** The request as it stands, with the forms while this person's decision can count. */
export function approvalPage({ approval, token, name, said }: PageFor): string {
  const { text, consequence, customer, needed, decisions, state } = approval
  const people = needed.people > 1 ? `${needed.people} people, one of them a ${needed.role}` : `one ${needed.role}`
  const given = decisions.map(
    ({ by, decision, at }) => `<li>${escape(by.name)}: ${decision}, <time>${escape(at)}</time></li>`,
  )
  const canonical = JSON.stringify(approval.arguments, null, 2)
  return page(
    text,
    `${said === undefined ? '' : `<p role="status" class="said">${escape(said)}</p>`}
<p class="who">You decide as <b>${escape(name)}</b>. Asked for by the AI, for ${escape(customer.name ?? customer.id)}.</p>
<h1>${escape(text)}</h1>
<p>${escape(consequence)}</p>
<p class="quiet">Needs ${people}. It is <b>${state}</b>${state === 'pending' ? ` and expires <time>${escape(approval.expires_at)}</time>` : ''}.</p>
${given.length > 0 ? `<ul>${given.join('')}</ul>` : ''}
<details><summary>Exactly what will run</summary><pre>${escape(`${approval.tool} ${canonical}`)}</pre><p class="quiet">digest ${escape(approval.digest)}, policy ${escape(approval.policy_version)}</p></details>
${state === 'pending' && said === undefined ? forms(approval, token) : ''}`,
  )
}

/** A link that is not ours, is over, or belongs to nobody any more. */
export const closedPage = (why: string): string =>
  page('Nothing to decide here', `<h1>Nothing to decide here</h1><p>${escape(why)}</p>`)

const forms = ({ id }: ApprovalView, token: string): string => `<div class="acts">
<form method="post" action="/approvals/${escape(id)}"><input type="hidden" name="token" value="${escape(token)}"><input type="hidden" name="decision" value="approve"><button class="main">Approve exactly this</button></form>
<form method="post" action="/approvals/${escape(id)}"><input type="hidden" name="token" value="${escape(token)}"><input type="hidden" name="decision" value="refuse"><label>Reason, which the customer reads <textarea name="reason" rows="2" maxlength="1000"></textarea></label><button class="no">Refuse</button></form>
</div>`

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)}</title><link rel="stylesheet" href="/approvals/style.css"></head>
<body><main>${body}</main></body></html>`

/** In the colours of the console; brick and pine are never the only sign. */
export const APPROVAL_STYLE = `:root { color-scheme: light dark; --ink: light-dark(#14201b, #e7eeea); --ink-2: light-dark(#43524a, #b3c0b9); --canvas: light-dark(#e9eeea, #0c1210); --surface: light-dark(#fff, #141c19); --control: light-dark(#7b8a82, #6c7d74); --pine: light-dark(#17604b, #2b7c64); --brick: light-dark(#a3301d, #f59a86) }
* { box-sizing: border-box }
body { margin: 0; background: var(--canvas); color: var(--ink); font: 14px/1.5 system-ui, sans-serif }
main { max-width: 620px; margin: 32px auto; padding: 24px; background: var(--surface); border: 1px solid var(--control); border-radius: 6px }
h1 { font-size: 20px; font-weight: 600; margin: 12px 0 8px }
.quiet, .who { color: var(--ink-2) }
.said { border-left: 3px solid var(--pine); padding-left: 12px; font-weight: 600 }
pre { overflow: auto; font-size: 12px }
.acts { display: grid; gap: 24px; margin-top: 24px }
label { display: block; color: var(--ink-2) }
textarea { display: block; width: 100%; margin: 4px 0 12px; padding: 8px; font: inherit; color: inherit; background: transparent; border: 1px solid var(--control); border-radius: 6px }
button { min-height: 40px; padding: 0 16px; font: inherit; font-weight: 600; border-radius: 6px; border: 1px solid var(--control); background: transparent; color: inherit; cursor: pointer }
.main { background: var(--pine); border-color: var(--pine); color: #fff }
.no { color: var(--brick); border-color: var(--brick) }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
`
