// The pictures of the README: starts everdesk on an empty folder, stages some days and a story, and photographs every page in
// light and dark. `npm run screenshots`, or `npm run screenshots -- FOLDER` to look at them elsewhere first.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Addresses } from '../src/startup/addresses.ts'
import { launchChromium } from '../stack/chromium.ts'
import { startProcess } from '../stack/process.ts'
import { writeHistory } from './screenshots/history.ts'
import { takePictures } from './screenshots/pictures.ts'
import { tellStory } from './screenshots/story.ts'

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../docs/images'))
const home = await mkdtemp(join(tmpdir(), 'everdesk-screenshots-'))
await writeHistory(home)
const everdesk = await startProcess({
  args: ['src/main.ts'],
  // The demo as a newcomer sees it, whatever this shell has set.
  env: {
    EVERDESK_HOME: home,
    PORT: '0',
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
    TEMPORAL_ADDRESS: undefined,
    SANDBOX_URL: undefined,
    OIDC_ISSUER: undefined,
    OPENAI_API_KEY: undefined,
    OPENAI_BASE_URL: undefined,
  },
})
try {
  await everdesk.waitFor(/everdesk is ready/, 120_000)
  const addresses = JSON.parse(await readFile(join(home, 'urls.json'), 'utf8')) as Addresses
  const chromium = await launchChromium()
  try {
    await mkdir(folder, { recursive: true })
    const story = await tellStory(addresses)
    for (const { path, bytes } of await takePictures(chromium.browser, addresses, story, folder)) {
      console.log(`${path}  ${Math.ceil(bytes / 1024)} KB`)
    }
  } finally {
    await chromium.close()
  }
} finally {
  await everdesk.kill()
  await rm(home, { recursive: true, force: true })
}
