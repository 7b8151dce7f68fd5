import { toolFor } from '../../types.ts'
import type { Systems } from '../systems/systems.ts'

/** `defineTool`, bound to this desk's systems. */
export const deskTool = toolFor<Systems>()
