// The conversation workflow as a hurried edit would leave it: one activity more, without patched(). Only for the test that
// shows that the replayer notices.
import { proxyActivities } from '@temporalio/workflow'
import { conversationWorkflow as unchanged } from '../../src/workflows/conversation.ts'
import type { ConversationInput } from '../../src/workflows/messages.ts'

const { greet } = proxyActivities<{ greet(): Promise<void> }>({ startToCloseTimeout: 1000 })

export async function conversationWorkflow(input: ConversationInput): Promise<void> {
  await greet()
  await unchanged(input)
}
