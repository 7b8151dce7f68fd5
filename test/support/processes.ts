// Parts as separate processes, for tests in which one dies alone; whatever still runs after the file's last test is killed.
import { afterAll } from 'vitest'
import { killAllProcesses } from '../../stack/process.ts'

export { startProcess, type PartProcess as TestProcess, type ProcessStart } from '../../stack/process.ts'

afterAll(killAllProcesses)
