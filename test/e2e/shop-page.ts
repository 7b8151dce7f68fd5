// Somebody else's page with the widget on it: another origin, a strict policy without inline styles, and styles that would
// spoil anything they reach.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A page that runs; its address is known before the desk's, which must name it. */
export interface ShopPage {
  origin: string
  /** Where the script comes from, and what else its element says. */
  carry: (desk: string, attributes?: string) => void
  close: () => Promise<void>
}

/** What careless and hostile pages do. */
const STYLES = `
html { font-size: 5px; --ink: red; --surface: red; }
* { color: red !important; font-family: fantasy !important; letter-spacing: 9px !important; box-sizing: content-box !important; --ink: red; --pine: red; color-scheme: dark; }
button, textarea, p, li, a { display: none !important; text-transform: uppercase; }
div, everdesk-chat { opacity: 0.1; transform: rotate(20deg); filter: blur(4px); visibility: hidden; }
`

export async function openShopPage(): Promise<ShopPage> {
  let element = ''
  let policy = ''
  const server = createServer((request, response) => {
    if (request.url === '/style.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(STYLES)
      return
    }
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy })
    response.end(`<!doctype html><html lang="en"><head><title>Shop</title><link rel="stylesheet" href="/style.css"></head>
<body><h1>Shop</h1>${element}</body></html>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    carry(desk, attributes = '') {
      policy = `default-src 'none'; style-src 'self'; script-src ${desk}; connect-src ${desk}; require-trusted-types-for 'script'`
      element = `<script src="${desk}/widget.js" data-everdesk ${attributes} async></script>`
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
