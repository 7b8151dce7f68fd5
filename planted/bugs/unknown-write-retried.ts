import { definePlant } from '../types.ts'

export const unknownWriteRetried = definePlant({
  name: 'unknown-write-retried',
  about: 'A write of unknown outcome is made again as if it were another one (rule 10, P3).',
  provokedBy: 'customers who change orders and reset passwords, and drop-after-effect of orders and crm',
  file: 'src/activities/drive-effect.ts',
  find: `      return { outcome: 'refused', data: { error: 'declined_by_system' } }
    }
    throw error
`,
  replace: `      return { outcome: 'refused', data: { error: 'declined_by_system' } }
    }
    return tool.execute(input, { ...context, key: \`\${effect.key}/again\` })
`,
})
