// Who of the staff is there: for transfers, and so that customers are told the truth about when somebody answers.
import { z } from 'zod'
import { setAway } from '../../kernel/people.ts'
import { listPeople } from '../../kernel/reads/people.ts'
import { presence, pageQuery, pageRequest } from '../inputs.ts'
import { staffMember } from '../presence.ts'
import { defineRoute, type Route } from '../route.ts'
import { pageOf, staff } from '../schemas.ts'
import type { Service } from '../service.ts'

const tag = 'People'

export function staffRoutes({ kernel }: Service): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/people',
      summary: 'List everybody of the staff who was here, with who is online',
      tag,
      allow: ['agent'],
      query: z.strictObject(pageQuery),
      responses: { 200: { description: 'By id', schema: pageOf(staff) } },
      async handle({ query }) {
        return { status: 200, body: await listPeople(kernel, pageRequest(query)) }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/presence',
      summary: 'Say that you are away, or back',
      tag,
      allow: ['agent'],
      body: presence,
      responses: { 200: { description: 'Noted', schema: z.object({ away: z.boolean() }) } },
      async handle({ principal, body }) {
        const member = staffMember(principal)
        if (member) await setAway(kernel, member, body.away)
        return { status: 200, body: { away: body.away } }
      },
    }),
  ]
}
