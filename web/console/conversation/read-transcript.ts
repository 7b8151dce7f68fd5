// Reads a transcript, oldest first. The API pages by what it has, so only the last page is read again for what is new.
import type { ApiClient } from '../../shared/api-client.ts'
import type { Message, Page } from '../../shared/desk-types.ts'

export type TranscriptReader = {
  /** All messages that were not read before, and those of the last page as they are now. */
  read: (signal: AbortSignal) => Promise<Message[]>
}

const PAGE = 100

export function createTranscriptReader(api: ApiClient, conversationId: string): TranscriptReader {
  let lastPage: string | undefined
  return {
    async read(signal) {
      const found: Message[] = []
      for (;;) {
        const path = `/v1/conversations/${encodeURIComponent(conversationId)}/messages`
        const page: Page<Message> = await api.get<Page<Message>>(path, { limit: PAGE, cursor: lastPage }, signal)
        found.push(...page.data)
        if (page.next_cursor === null) return found
        lastPage = page.next_cursor
      }
    },
  }
}
