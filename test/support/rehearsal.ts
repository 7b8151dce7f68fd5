// The rehearsal desk with a model that says what the test wrote; everything else real.
import { type Everdesk, startEverdesk } from './everdesk.ts'
import { type ScriptedModel, startScriptedModel } from './scripted-model.ts'

export type Rehearsal = { model: ScriptedModel; desk: Everdesk; close: () => Promise<void> }

export async function startRehearsal(): Promise<Rehearsal> {
  const model = await startScriptedModel()
  const desk = await startEverdesk({ desk: 'test/support/desks/rehearsal.ts', model })
  return {
    model,
    desk,
    async close() {
      await desk.close()
      await model.close()
    },
  }
}
