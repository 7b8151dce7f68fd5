// The only file of the sandbox that reads the environment. All problems are listed at once.
import { resolve } from 'node:path'

/** Settings of the sandbox process; ports are TCP ports, 0 = any free one; `home` is an absolute folder. */
export interface SandboxConfig {
  port: number
  host: string
  home: string
  /** Public base URL without a trailing slash; absent = `http://127.0.0.1:<port>`. */
  publicUrl?: string
  /** Pace of the scripted model, tokens a second; 0 = no pacing. */
  tokensPerSecond?: number
}

/** Reads `SANDBOX_*` and `EVERDESK_HOME`; throws one Error that lists every problem. */
function readSandboxConfig(environment: Record<string, string | undefined>): SandboxConfig {
  const problems: string[] = []
  const port = Number(environment['SANDBOX_PORT'] ?? '4000')
  if (!Number.isInteger(port) || port < 0 || port > 65535) problems.push('SANDBOX_PORT must be a port (0 to 65535)')
  const pace = environment['SANDBOX_MODEL_TOKENS_PER_SECOND']
  const tokensPerSecond = pace === undefined || pace === '' ? undefined : Number(pace)
  if (tokensPerSecond !== undefined && !(tokensPerSecond >= 0)) {
    problems.push('SANDBOX_MODEL_TOKENS_PER_SECOND must be a number, 0 or more')
  }
  const publicUrl = environment['SANDBOX_PUBLIC_URL']
  if (publicUrl && !URL.canParse(publicUrl)) problems.push('SANDBOX_PUBLIC_URL must be a URL')
  if (problems.length > 0) throw new Error(problems.join('; '))
  return {
    port,
    host: environment['SANDBOX_HOST'] || '127.0.0.1',
    home: resolve(environment['EVERDESK_HOME'] || '.everdesk'),
    ...(publicUrl ? { publicUrl: publicUrl.replace(/\/+$/, '') } : {}),
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
  }
}

/** The configuration of this process. */
export function processConfig(): SandboxConfig {
  return readSandboxConfig(process.env)
}
