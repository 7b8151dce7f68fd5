// Each page, photographed as one person sees it, in light and dark.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Addresses } from '../../src/startup/addresses.ts'
import { chooseAtIssuer } from '../../stack/issuer-page.ts'
import { smallPng } from './small-png.ts'
import type { Story } from './story.ts'

/** A page and how it looks when it is ready. */
interface Picture {
  name: string
  width: number
  height: number
  show(page: Page, origin: string, story: Story): Promise<void>
}

const [WIDE, HIGH] = [1280, 800]

const PICTURES: readonly Picture[] = [
  {
    name: 'home',
    width: WIDE,
    height: 960,
    async show(page, origin) {
      await page.goto(origin)
      await page.getByText('You are Mia, an agent').waitFor()
      await page.frameLocator('#console').getByRole('banner').getByText('Mia, agent').waitFor()
      await page
        .frameLocator('#console')
        .getByRole('link', { name: /Dev Rao/ })
        .waitFor()
    },
  },
  {
    name: 'chat',
    width: 480,
    height: 760,
    async show(page, origin) {
      await page.goto(`${origin}/chat`)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await chooseAtIssuer(page, 'cust_1002')
      await page.getByText('Two colleagues check this first').waitFor()
    },
  },
  {
    name: 'console',
    width: WIDE,
    height: HIGH,
    async show(page, origin, { refund }) {
      await signIn(page, `${origin}/console/conversations/${refund}?view=waiting`, 'supervisor_sara')
      await page.getByRole('button', { name: /^Approve/ }).waitFor()
      await page.getByRole('link', { name: /Dev Rao/ }).waitFor()
      await page.getByRole('region', { name: 'Open invoices' }).waitFor()
    },
  },
  {
    name: 'console-phone',
    width: 390,
    height: HIGH,
    async show(page, origin) {
      await signIn(page, `${origin}/console/waiting`, 'agent_mia')
      await page.getByRole('link', { name: /Dev Rao/ }).waitFor()
    },
  },
  {
    name: 'supervisor',
    width: WIDE,
    height: 900,
    async show(page, origin) {
      await signIn(page, `${origin}/console/supervisor`, 'supervisor_sara')
      await page.getByRole('figure', { name: /^Waiting for a person/ }).waitFor()
    },
  },
]

/** Writes NAME-light.png and NAME-dark.png of each. */
export async function takePictures(
  browser: Browser,
  { api }: Addresses,
  story: Story,
  folder: string,
): Promise<{ path: string; bytes: number }[]> {
  const taken: { path: string; bytes: number }[] = []
  for (const picture of PICTURES)
    for (const theme of ['light', 'dark'] as const) {
      const { name, width, height } = picture
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
        locale: 'en-US',
        timezoneId: 'UTC',
      })
      const page = await context.newPage()
      await picture.show(page, api, story)
      // A field that has the focus would be the loudest thing of the picture.
      for (const frame of page.frames()) await frame.evaluate('document.activeElement?.blur()')
      const path = join(folder, `${name}-${theme}.png`)
      const small = smallPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
      await writeFile(path, small)
      taken.push({ path, bytes: small.length })
      await context.close()
    }
  return taken
}

async function signIn(page: Page, url: string, sub: string): Promise<void> {
  await page.goto(url)
  await chooseAtIssuer(page, sub)
}
