// Codes of the API in words.

export type Tone = '' | 'brass' | 'brick' | 'pine'
type Word = [words: string, tone?: Tone]

const REASONS: Record<string, Word> = {
  person_requested: ['Asked for a person'],
  anger: ['Angry', 'brick'],
  low_confidence: ['Unsure'],
  repeated_failure: ['Failed several times'],
  too_many_steps: ['Too many steps'],
  budget: ['Budget reached'],
  policy: ['Policy'],
  safety: ['Safety', 'brick'],
  unknown_outcome: ['Outcome unknown', 'brass'],
  model_unavailable: ['Model away'],
  deadline: ['No answer in time'],
  operator: ['Sent by an operator'],
  taken_over: ['Taken over'],
}

const ALERTS: Record<string, Word> = {
  message_overdue: ['Not answered in time', 'brick'],
  not_taken_up: ['Not taken up', 'brick'],
  turn_stuck: ['Turn does not end', 'brick'],
  effect_unsettled: ['Outcome looked up', 'brass'],
  effect_unknown: ['Outcome unknown', 'brass'],
  handoff_unclaimed: ['Nobody claimed it', 'brick'],
}

const DEADLINES: Record<string, string> = {
  follow_up: 'Asks again',
  resolve: 'Counts as resolved',
  close: 'Closes',
  handoff: 'Answer promised',
  approval: 'Approval expires',
}

const word = (table: Record<string, Word>, code: string): { words: string; tone: Tone } => {
  const [words, tone = ''] = Object.hasOwn(table, code) ? (table[code] ?? [code]) : [plain(code)]
  return { words, tone }
}

export const reasonWords = (code: string) => word(REASONS, code)
export const alertWords = (code: string) => word(ALERTS, code)
export const deadlineWords = (kind: string): string =>
  (Object.hasOwn(DEADLINES, kind) ? DEADLINES[kind] : undefined) ?? plain(kind)
/** Reasons that can be filtered by, with their words. */
export const REASON_CODES = Object.keys(REASONS)

/** `tech_support` -> `Tech support`: for codes that have no words of their own. */
export const plain = (code: string): string => {
  const words = code.replaceAll('_', ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
