// JSON log lines with ids and never with what people wrote: those keys are cut here, whoever logs them by mistake.
import { pino } from 'pino'
import type { DestinationStream, Level, Logger as PinoLogger } from 'pino'

/** Our logger; pino's own. */
export type Logger = PinoLogger

/** How to log. */
export type LoggerOptions = {
  /** Least serious level that is written; `silent` writes nothing. */
  level: Level | 'silent'
  /** Name of the process, such as `worker`. */
  name: string
  /** Where lines go (standard output). */
  stream?: DestinationStream
}

/** Ids that tie a line to a conversation. */
export type LogIds = {
  conversation?: string
  turn?: number
  trace?: string
}

/** Keys whose values are text of people, models or secrets. */
const TEXT_KEYS = ['text', 'content', 'note', 'comment', 'summary', 'prompt', 'messages', 'reply', 'brief']
const DATA_KEYS = ['arguments', 'args', 'body', 'email', 'phone', 'address', 'customerName']
const SECRET_KEYS = ['authorization', 'cookie', 'password', 'token', 'apiKey', 'secret']
const PRIVATE_KEYS = [...TEXT_KEYS, ...DATA_KEYS, ...SECRET_KEYS]
const DEPTH = 4

/** A logger of its own for each process; nothing is shared. */
export function createLogger({ level, name, stream }: LoggerOptions): Logger {
  const options = {
    level,
    name,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: privatePaths(), censor: '[private]' },
  }
  return stream === undefined ? pino(options) : pino(options, stream)
}

/** A logger whose lines carry the ids of this conversation. */
export function logFor(logger: Logger, ids: LogIds): Logger {
  return logger.child(ids)
}

function privatePaths(): string[] {
  const prefixes = Array.from({ length: DEPTH }, (_, depth) => '*.'.repeat(depth))
  return prefixes.flatMap((prefix) => PRIVATE_KEYS.map((key) => prefix + key))
}
