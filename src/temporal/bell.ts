// The one caller of signalWithStart. A bell says "ask the store"; losing one costs the time until the relay rings again.
import type { Client } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'
import {
  type Bell,
  type BellName,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowId,
} from '../workflows/messages.ts'

/** What of a conversation stands in Temporal's visibility from the start; nothing personal. */
export type BellSubject = {
  conversationId: string
  channel: string
  desk: string
  /** Keyed hash of the customer. */
  subjectRef: string
  policyVersion: string
}

export type Bells = {
  /** Starts the conversation's run if none is running and rings it. Rejects when Temporal cannot be reached. */
  ring(subject: BellSubject, name: BellName, bell?: Bell): Promise<void>
}

/** A Temporal that is gone without a word must not keep the relay waiting; what was not rung is rung again. */
const RING_WITHIN_MS = 5_000

/** `publicUrl`: where links to a conversation point, without a trailing slash. */
export function createBells(client: Client, reregister: () => Promise<void>, publicUrl: string): Bells {
  const signal = (subject: BellSubject, name: BellName, bell: Bell) =>
    client.withDeadline(Date.now() + RING_WITHIN_MS, () => signalWithStart(subject, name, bell))
  const signalWithStart = (subject: BellSubject, name: BellName, bell: Bell) =>
    client.workflow.signalWithStart(WORKFLOW_TYPE, {
      workflowId: workflowId(subject.conversationId),
      taskQueue: TASK_QUEUE,
      args: [
        { conversationId: subject.conversationId, page: `${publicUrl}/v1/conversations/${subject.conversationId}` },
      ],
      signal: name,
      signalArgs: [bell],
      workflowTaskTimeout: '5s',
      typedSearchAttributes: new TypedSearchAttributes([
        { key: SEARCH_ATTRIBUTES.status, value: 'open' },
        { key: SEARCH_ATTRIBUTES.controlledBy, value: 'ai' },
        { key: SEARCH_ATTRIBUTES.channel, value: subject.channel },
        { key: SEARCH_ATTRIBUTES.desk, value: subject.desk },
        { key: SEARCH_ATTRIBUTES.subjectRef, value: subject.subjectRef },
        { key: SEARCH_ATTRIBUTES.policyVersion, value: subject.policyVersion },
      ]),
    })
  return {
    async ring(subject, name, bell = {}) {
      try {
        await signal(subject, name, bell)
      } catch (error) {
        // A fresh Temporal database knows no search attributes, and would refuse for ever.
        if (!/search attribute/i.test(messageOf(error))) throw error
        await reregister()
        await signal(subject, name, bell)
      }
    },
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${messageOf(error.cause)}` : ''
