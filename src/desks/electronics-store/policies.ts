import { DEFAULT_POLICY } from '../../domain/policy.ts'
import type { DeskPolicy } from '../../domain/policy.ts'

/** The demo company keeps the platform's defaults; a changed rule gets a new version. */
export const policy: DeskPolicy = { ...DEFAULT_POLICY, version: 'electronics-store-2026-11-21' }
