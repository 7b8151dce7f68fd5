// How the pages are built. Three builds, because the console speaks React, the chat Preact, and the widget is one file.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { InlineConfig, Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const common: InlineConfig = {
  configFile: false,
  root: here('.'),
  logLevel: 'warn',
  publicDir: false,
  // Lightning CSS lowers light-dark() and nesting for older browsers.
  css: { transformer: 'lightningcss' },
}
const output = {
  outDir: here('./dist'),
  emptyOutDir: false,
  // No file is inlined as data: URL, which the policy of the pages would refuse.
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
}

/** The first look at `/` and the console. */
export const pagesConfig: InlineConfig = {
  ...common,
  plugins: [react()],
  build: { ...output, rollupOptions: { input: [here('./home/index.html'), here('./console/index.html')] } },
}

/** The chat as a page of its own. */
export const chatConfig: InlineConfig = {
  ...common,
  oxc: { jsx: { importSource: 'preact' } },
  build: { ...output, rollupOptions: { input: [here('./chat/index.html')] } },
}

/** A rem is measured by the page around the widget, and many set it as they like. */
const ownMeasure: Plugin = {
  name: 'rem-to-px',
  enforce: 'pre',
  transform: (code, id) =>
    /\.css(\?|$)/.test(id) ? code.replaceAll(/\b(\d*\.?\d+)rem\b/g, (_, rem: string) => `${Number(rem) * 16}px`) : null,
}

/** The chat as one script for any page. */
export const widgetConfig: InlineConfig = {
  ...common,
  plugins: [ownMeasure],
  oxc: { jsx: { importSource: 'preact' } },
  build: {
    ...output,
    lib: { entry: here('./chat/widget.tsx'), formats: ['iife'], name: 'everdeskWidget', fileName: () => 'widget.js' },
  },
}
