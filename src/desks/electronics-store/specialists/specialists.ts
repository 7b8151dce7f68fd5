// The list. A new specialist is one file beside this one and one line here.
import type { Specialist } from '../../types.ts'
import { account } from './account.ts'
import { escalation } from './escalation.ts'
import { order } from './order.ts'
import { techSupport } from './tech-support.ts'

export const specialists: readonly Specialist[] = [account, order, techSupport, escalation]
