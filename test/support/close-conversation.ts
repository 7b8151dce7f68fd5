import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'

/** Closes as a member of staff would, and returns the conversation as the API shows it. */
export async function requestClose(kernel: Kernel, request: { conversationId: string; by: string }) {
  const actor = { id: request.by, name: request.by, role: 'agent' as const }
  return (await closeByCommand(kernel, { conversationId: request.conversationId, actor })).outcome
}
