// Builds the web pages into web/dist, which the API serves: `npm run build:web`, and once after every `npm ci`.
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { chatConfig, pagesConfig, widgetConfig } from '../web/vite-config.ts'

const dist = fileURLToPath(new URL('../web/dist', import.meta.url))

await rm(dist, { recursive: true, force: true })
for (const config of [pagesConfig, chatConfig, widgetConfig]) await build(config)
