import { z } from 'zod'
import type { Citation } from '../../../domain/conversation.ts'
import type { ToolResult } from '../../types.ts'
import { deskTool } from './desk-tool.ts'

/** Passages of the company's articles, each with its citation; none when nothing relevant is written. */
export const searchKnowledgeBase = deskTool({
  name: 'search_knowledge_base',
  description:
    'Searches the company articles: policies (shipping, returns, refunds, warranty, payment, privacy), opening hours, and device how-tos and troubleshooting. The articles are in English: search with a few English keywords, not with a whole sentence.',
  input: z.strictObject({ query: z.string().trim().min(2).max(300).describe('A few English keywords') }),
  effect: 'read',
  quick: true,
  public: true,
  // Documents may come from anywhere: what they say asks for nothing.
  untrusted: true,
  timeout: 1_500,
  async execute({ query }, { systems, desk }): Promise<ToolResult> {
    const passages = await systems.knowledge.search({ desk, query, limit: 4 })
    if (passages.length === 0) {
      return {
        outcome: 'ok',
        data: { passages: [], note: 'Nothing relevant is written. Say so, do not guess, and offer a person.' },
      }
    }
    return {
      outcome: 'ok',
      data: {
        passages: passages.map(({ document, title, heading, text }) => ({ document, title, heading, text })),
      },
      citations: passages.map(({ document, title, text }): Citation => ({ document, title, passage: text })),
    }
  },
})
