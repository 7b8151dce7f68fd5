import type { Spent } from './floor.ts'
import type { System } from './system.ts'

/** One turn of the floor in a conversation of its own, and what it took of others. */
export async function askFloor({ post, floorUrl }: System, text: string): Promise<Spent> {
  const { body } = await post<{ spent: Spent }>(`${floorUrl}/v1/conversations`, { message: { text } })
  return body.spent
}
