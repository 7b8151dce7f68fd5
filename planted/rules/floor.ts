// Rule 5, the floor, switched off in one place after the other.
import { definePlant, type Plant } from '../types.ts'

export const FLOOR: readonly Plant[] = [
  definePlant({
    name: 'reply-by-floor-only',
    about: 'A reply needs the floor alone: a turn that has ended may still speak.',
    file: 'src/domain/floor.ts',
    find: "return turn.state === 'open' && turn.floor === now.floor && now.controlledBy === 'ai'",
    replace: 'return turn.floor === now.floor',
  }),
  definePlant({
    name: 'floor-not-raised',
    about: 'A takeover or an escalation leaves the number of the floor as it was.',
    file: 'src/kernel/pass-floor.ts',
    find: 'floor: row.floor + 1,',
    replace: '',
  }),
  definePlant({
    name: 'turn-not-swept',
    about: 'A takeover or an escalation leaves the open turn open.',
    file: 'src/kernel/pass-floor.ts',
    find: 'if (row.open_turn !== null) await endTurn(scope, row.open_turn, ended.turnState, ended.outcome ?? null)',
    replace: '',
  }),
  definePlant({
    name: 'intended-not-freed',
    about: 'A turn that ends leaves its unsent writes intended, and their business keys taken.',
    file: 'src/kernel/pass-floor.ts',
    find: ".where('state', '=', 'intended')",
    replace: ".where('state', '=', 'refused')",
  }),
  definePlant({
    name: 'accepted-under-a-person',
    about: 'A message that arrives while a person has the floor waits for the AI.',
    file: 'src/kernel/accept-message.ts',
    find: "scope.row.controlled_by === 'human' ? 'handed_off' : 'accepted'",
    replace: "'accepted'",
  }),
  definePlant({
    name: 'hand-back-keeps-messages',
    about: 'Handing back leaves the messages that nobody answered with people.',
    file: 'src/kernel/hand-back.ts',
    find: ".set({ status: 'accepted' })",
    replace: ".set({ status: 'handed_off' })",
  }),
]
