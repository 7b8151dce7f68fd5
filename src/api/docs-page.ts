// The reference page, written from the OpenAPI document on the server: no script at all, so the strictest policy holds.
import { escapeHtml as escape } from './escape-html.ts'
import type { openApiDocument } from './openapi.ts'

type Document = ReturnType<typeof openApiDocument>
type Json = Record<string, unknown>
/** What of an operation is shown; see openapi.ts. */
type Operation = {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[]
  requestBody?: { content?: Record<string, { schema?: unknown }> }
  responses?: Record<string, { description?: string; content?: unknown }>
}

const METHODS = ['get', 'post', 'delete', 'put', 'patch']

/** One page of HTML; every text in it is escaped. */
export function docsPage(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Json)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({ method, path, operation: operation as Operation })),
  )
  const tags = [...new Set(operations.map(({ operation }) => tagOf(operation)))]
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => tagOf(operation) === tag)
    return `<h2>${escape(tag)}</h2>${own.map(section).join('')}`
  })
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${escape(name)}"><summary>${escape(name)}</summary>${code(schema)}</details>`,
  )
  return page(
    `${document.info.title} ${document.info.version}`,
    `<p>${escape(document.info.description ?? '')} Machine-readable: <a href="/openapi.json">/openapi.json</a>.</p>
${sections.join('')}<h2>Schemas</h2>${schemas.join('')}`,
  )
}

function section({ method, path, operation }: { method: string; path: string; operation: Operation }): string {
  const rows = (operation.parameters ?? []).map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(place)}${required ? '' : ', optional'}</td><td><code>${escape(JSON.stringify(schema))}</code></td></tr>`,
  )
  const parts = [
    rows.length > 0 ? `<h4>Parameters</h4><table>${rows.join('')}</table>` : '',
    ...Object.entries(operation.requestBody?.content ?? {}).map(
      ([type, { schema }]) => `<h4>Body ${escape(type)}</h4>${code(schema)}`,
    ),
    ...Object.entries(operation.responses ?? {}).map(
      ([status, response]) =>
        `<h4>${escape(status)}</h4><p>${escape(response.description ?? '')}</p>${code(response.content)}`,
    ),
  ]
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${escape(path)}</code> ${escape(operation.summary ?? '')}</summary>
<p>${escape(operation.description ?? '')}</p>${parts.join('')}</details>`
}

const tagOf = (operation: Operation): string => operation.tags?.[0] ?? 'Other'
const code = (value: unknown): string =>
  value === undefined ? '' : `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`
const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><link rel="stylesheet" href="/docs/style.css"></head>
<body><main><h1>${escape(title)}</h1>${body}</main></body></html>
`

export const DOCS_STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1rem}
details{border:1px solid #8884;border-radius:6px;margin:.5rem 0;padding:.5rem .75rem}
summary{cursor:pointer}summary b{display:inline-block;min-width:3.5rem}
pre{overflow:auto;padding:.75rem;background:#8881;border-radius:6px}
table{border-collapse:collapse}td{border:1px solid #8884;padding:.25rem .5rem;vertical-align:top}
`
