// Where notices go: one receiver of signed webhooks. Types only.
import type { JsonObject } from '../domain/json.ts'
import type { NoticeType } from '../domain/notices.ts'

/** `id` is the same at every attempt, so a receiver can tell a repeat. */
export type OutgoingNotice = { id: string; type: NoticeType; createdAt: Date; data: JsonObject }

/** Resolves once the receiver took it. Throws OutsideError; `CircuitOpen` never, for each notice is tried for itself. */
export type NoticeSender = (notice: OutgoingNotice) => Promise<void>
