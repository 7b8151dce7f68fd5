// The workflow bundle's entry: every workflow type by name.
export { conversationWorkflow } from './conversation.ts'
