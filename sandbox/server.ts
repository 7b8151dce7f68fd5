// `npm run sandbox`: the demo company as a process of its own.
import { processConfig } from './config.ts'
import { startSandbox } from './sandbox.ts'

try {
  const config = processConfig()
  const sandbox = await startSandbox({ ...config, log: (line) => console.error(line) })
  console.log(`sandbox: ${sandbox.url}`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void sandbox.close().then(() => process.exit(0))
    })
  }
} catch (error) {
  console.error(`sandbox: ${explain(error)}`)
  process.exit(1)
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `port ${'port' in error ? String(error.port) : ''} is taken: stop what uses it, or set SANDBOX_PORT to another one`
  }
  return error.message
}
