// The guard before the inbox: a count is kept for a moment, a failure to count is not.
import { expect, test } from 'vitest'
import { createBacklogGuard } from '../../src/api/backlog.ts'
import { databaseKinds } from '../support/databases.ts'
import { createTestKernel } from '../support/kernel.ts'

test('a store that is back is asked at once, although the count just before it failed (N4)', async () => {
  const away = await createTestKernel('pglite')
  const back = await createTestKernel(databaseKinds().at(-1) ?? 'pglite')
  const kernel = { ...away.kernel }
  await away.close()
  try {
    const guard = createBacklogGuard(kernel, 10)
    await expect(guard()).rejects.toThrow(/PGlite is clos|after calling end/)
    kernel.db = back.kernel.db
    await expect(guard()).resolves.toBeUndefined()
  } finally {
    await back.close()
  }
})
