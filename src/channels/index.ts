// The list. A new channel is one file beside this one and its name here; the first is the default.
import { api } from './api.ts'
import { email } from './email.ts'
import type { Channel } from './types.ts'
import { voice } from './voice.ts'
import { web } from './web.ts'

export const channels: readonly [Channel, ...Channel[]] = [web, api, email, voice]

/** The channel of a conversation. One that left the list, or that only newer processes know, is treated like the default. */
export const channelNamed = (name: string): Channel => channels.find((channel) => channel.name === name) ?? channels[0]
