import { defineConfig } from 'vitest/config'

// `unit` needs no server and runs in `npm run check`; `parts` runs on real parts that test/support/global-setup.ts starts.
// A test needs real parts exactly when its name ends in `.parts.test.ts`.
export default defineConfig({
  test: {
    // report.json is what .ci/run counts from.
    reporters: ['default', 'json'],
    outputFile: { json: 'report.json' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.parts.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'parts',
          include: ['test/**/*.parts.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
