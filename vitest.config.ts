import { defineConfig } from 'vitest/config'

// `unit` needs no server and runs in `npm run check`; `simulator` plays the rules for a minute; `parts` runs on real parts that
// test/support/global-setup.ts starts; `browser` opens the pages of a whole everdesk in Chromium; `rig` starts whole systems under
// load, so nothing runs beside it.
// A test needs real parts exactly when its name ends in `.parts.test.ts`.
const RIG = ['test/faults/smoke.parts.test.ts', 'test/faults/planted.parts.test.ts']

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
          exclude: ['test/**/*.parts.test.ts', 'test/simulator/**'],
          testTimeout: 20_000,
        },
      },
      {
        // Needs no server either, but a minute of both cores: too long for every check.
        test: {
          name: 'simulator',
          include: ['test/simulator/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'parts',
          include: ['test/**/*.parts.test.ts'],
          exclude: [...RIG, 'test/e2e/**'],
          sequence: { groupOrder: 1 },
          globalSetup: ['test/support/global-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.parts.test.ts'],
          sequence: { groupOrder: 2 },
          globalSetup: ['test/support/global-setup.ts', 'test/e2e/built-pages.ts'],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'rig',
          include: RIG,
          sequence: { groupOrder: 3 },
          pool: 'forks',
          maxWorkers: 1,
        },
      },
    ],
  },
})
