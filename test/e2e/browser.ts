// People at a real browser: each has a context of their own, so that cookies, storage and streams are never shared.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { source as axeSource, type AxeResults, type RunOptions } from 'axe-core'
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import { launchChromium } from '../../stack/chromium.ts'
import { chooseAtIssuer } from '../../stack/issuer-page.ts'

/** How somebody sits at the browser. */
export interface PersonOptions {
  theme?: 'light' | 'dark'
  /** Inner size of the window (1440 x 900). */
  width?: number
  height?: number
  /** True: animations are asked to stand still. */
  reducedMotion?: boolean
}

/** Somebody at a browser. */
export interface Person {
  page: Page
  /** `context.setOffline(true)` takes the network away. */
  context: BrowserContext
  /** What the page complained about: errors of scripts, refusals of its policy, failed requests. */
  complaints: string[]
  /** On the page of the sandbox's issuer that is open or about to open: chooses who signs in (such as `agent_mia`), and waits until back. */
  choose(sub: string): Promise<void>
  /** Writes a PNG of the page as it is to /tmp/everdesk-screenshots (or SCREENSHOTS); returns its path. */
  screenshot(name: string, fullPage?: boolean): Promise<string>
  /** What axe finds serious or critical on the page and in its frames, one line each; compare with []. */
  axe(): Promise<string[]>
}

/** A browser for the people of one test file. */
export interface DeskBrowser {
  person(options?: PersonOptions): Promise<Person>
  /** Ends it; rejects when one of its processes lives on. */
  close(): Promise<void>
}

/** Starts the machine's Chromium without a window. */
export async function openBrowser(): Promise<DeskBrowser> {
  const chromium = await launchChromium()
  return { person: (options = {}) => personAt(chromium.browser, options), close: () => chromium.close() }
}

async function personAt(browser: Browser, options: PersonOptions): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.theme ?? 'light',
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    locale: 'en-US',
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
  })
  return {
    page,
    context,
    complaints,
    choose: (sub) => chooseAtIssuer(page, sub),
    screenshot: (name, fullPage = false) => screenshot(page, name, fullPage),
    async axe() {
      const perFrame = await Promise.all(page.frames().map(seriousIn))
      return perFrame.flat()
    },
  }
}

async function screenshot(page: Page, name: string, fullPage: boolean): Promise<string> {
  const folder = process.env['SCREENSHOTS'] ?? '/tmp/everdesk-screenshots'
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, fullPage })
  return path
}

/** Brought in by the debugger, which the policy of the page does not concern. */
async function seriousIn(frame: Frame): Promise<string[]> {
  await frame.evaluate(axeSource)
  const options: RunOptions = { iframes: false, resultTypes: ['violations'] }
  const { violations } = await frame.evaluate<AxeResults, RunOptions>(
    // Runs in the page, where the source above has put axe.
    (given) => (globalThis as unknown as { axe: { run: (o: RunOptions) => Promise<AxeResults> } }).axe.run(given),
    options,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`))
}
