// A queue of a thousand: few rows in the page, each counted, found by search and by key, held while looked at, and back after a
// lost connection [H5].
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser } from './browser.ts'
import { visitConsole, waitsForPerson } from './console-visit.ts'
import { startDeskStack, type DeskStack } from './stack.ts'

const MANY = 999

let desk: DeskStack
let browser: DeskBrowser
beforeAll(async () => {
  ;[desk, browser] = await Promise.all([startDeskStack(), openBrowser()])
  const conversation = await waitsForPerson(desk, 'cust_1002')
  // Nobody works on the copies: only what is read is looked at here.
  await desk.stopWorker()
  await copyInStore(conversation)
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})

/** The same conversation and handoff a thousand times, each due a second later. */
async function copyInStore(id: string): Promise<void> {
  const { db } = desk.everdesk
  const copy = (table: string, column: string, more: string) => sql`
    insert into ${sql.table(table)}
    select (jsonb_populate_record(null::${sql.table(table)}, to_jsonb(row) || jsonb_build_object(
      ${sql.lit(column)}, 'copy_' || ${sql.lit(table)} || '_' || n) || ${sql.raw(more)})).*
    from ${sql.table(table)} row, generate_series(1, ${sql.lit(MANY)}) n
    where row.${sql.ref(column === 'id' && table === 'conversations' ? 'id' : 'conversation_id')} = ${id}`
  await copy('conversations', 'id', `jsonb_build_object('wake_at', null)`).execute(db)
  const due = `jsonb_build_object('conversation_id', 'copy_conversations_' || n, 'deadline_at', row.deadline_at + n * interval '1 second')`
  await copy('handoffs', 'id', due).execute(db)
}

test('a thousand wait: all are counted, under sixty are in the page, and the last is reached by key and scroll', async () => {
  const mia = await visitConsole(browser, desk, 'agent_mia')
  const { page } = mia
  await page.getByRole('link', { name: '1000 Waiting' }).waitFor()
  const rows = page.locator('.rows li')
  await rows.first().waitFor()
  expect(await rows.count()).toBeLessThan(60)
  expect(await rows.first().getAttribute('aria-setsize')).toBe('1000')
  const scrolled = async () => {
    await page.locator('.rows').evaluate((list) => {
      list.scrollTop = list.scrollHeight
    })
    return rows.last().getAttribute('aria-posinset')
  }
  await expect.poll(scrolled, { timeout: 60_000 }).toBe('1000')
  expect(await rows.count()).toBeLessThan(60)
  expect(await mia.axe()).toEqual([])
  expect(mia.complaints).toEqual([])
  await mia.context.close()
})

test('one that comes while the list has the focus does not move it, and is said', async () => {
  const mia = await visitConsole(browser, desk, 'agent_mia')
  const { page } = mia
  await page.locator('.rows li').first().waitFor()
  await page.keyboard.press('j')
  const before = await page.locator('.rows li a').first().getAttribute('data-key')
  await sql`update handoffs set deadline_at = now() - interval '1 minute' where id = 'copy_handoffs_999'`.execute(
    desk.everdesk.db,
  )
  await waitsForSomebodyElse()
  await page.getByRole('button', { name: /new$/ }).waitFor()
  expect(await page.locator('.rows li a').first().getAttribute('data-key')).toBe(before)
  await page.getByRole('button', { name: /new$/ }).click()
  await expect.poll(() => page.locator('.rows li a').first().getAttribute('data-key')).not.toBe(before)
  await mia.context.close()
})

/** One more waits: the copy that is overdue comes into the first hundred, and the stream says that something changed. */
async function waitsForSomebodyElse(): Promise<void> {
  await (await desk.as('customer', 'cust_1007')).start('Hello')
}
