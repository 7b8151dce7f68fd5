// What runs, and where to look at it.
import type { WebConfig } from '../shared/web-config.ts'

interface Place {
  name: string
  /** Each a path of ours or a URL. */
  links: string[]
}

/** `sandbox`: the demo company stands behind the issuer. */
export function placesOf({ docs, places, issuer }: WebConfig, sandbox: boolean): Place[] {
  const elsewhere = (name: string, url: string | undefined): Place[] =>
    url === undefined ? [] : [{ name, links: [url] }]
  return [
    { name: 'Chat, console', links: ['/chat', '/console'] },
    { name: 'API reference', links: [docs] },
    ...elsewhere('Temporal Web UI', places?.temporal_ui),
    ...elsewhere('Demo company, its ledger', sandbox ? new URL('/_ledger', issuer).href : undefined),
    ...elsewhere('Worker metrics', places?.worker_metrics),
  ]
}

/** A row of the table. */
export function placeRow({ name, links }: Place): HTMLElement {
  const head = document.createElement('th')
  head.scope = 'row'
  head.textContent = name
  const cell = document.createElement('td')
  links.forEach((link, index) => {
    const url = new URL(link, location.href)
    const anchor = document.createElement('a')
    anchor.className = 'mono'
    anchor.href = url.href
    const path = url.pathname === '/' ? '' : url.pathname
    anchor.textContent = index === 0 ? `${url.host}${path}` : path
    cell.append(...(index === 0 ? [] : [', ']), anchor)
  })
  const row = document.createElement('tr')
  row.append(head, cell)
  return row
}
