// Signs that a text tries to give the model orders. A signal that is counted, never a wall: measured, such words find one
// attack in eight and would block one harmless customer in seven. What the AI may do is decided by authority (rule 12).

export type InjectionSign = 'override' | 'role_play' | 'prompt_theft' | 'fake_markup' | 'smuggled_text' | 'exfiltration'
export type InjectionSignal = {
  /** 0 (nothing) to 1. */
  score: number
  signs: InjectionSign[]
}

const SIGNS: readonly { sign: InjectionSign; weight: number; pattern: RegExp }[] = [
  {
    sign: 'override',
    weight: 0.6,
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|polic(?:y|ies)|prompts?|guidelines)\b/i,
  },
  {
    sign: 'role_play',
    weight: 0.3,
    pattern: /\b(?:you are now|act as|pretend (?:to be|you are)|developer mode|jailbreak|do anything now)\b/i,
  },
  {
    sign: 'prompt_theft',
    weight: 0.5,
    pattern:
      /\b(?:reveal|show|print|repeat|output)\b.{0,40}\b(?:system prompt|hidden instructions|your (?:instructions|prompt))\b/i,
  },
  {
    sign: 'fake_markup',
    weight: 0.5,
    pattern:
      /<\|?(?:im_start|im_end|system|assistant)\b|\[\/?INST\]|^#{2,}\s*(?:system|assistant)\b|^(?:system|assistant)\s*:/im,
  },
  // Tag characters and bidirectional overrides show a person another text than the model reads.
  { sign: 'smuggled_text', weight: 0.6, pattern: /[\u{e0020}-\u{e007f}\u202a-\u202e\u2066-\u2069]/u },
  {
    sign: 'exfiltration',
    weight: 0.4,
    pattern: /\b(?:send|post|forward|upload)\b.{0,60}\b(?:to|at)\s+(?:https?:\/\/|[\w.+-]+@)/i,
  },
]

/** Adds the weights of the signs found, up to 1. */
export function injectionSignal(text: string): InjectionSignal {
  const found = SIGNS.filter(({ pattern }) => pattern.test(text))
  const score = found.reduce((sum, { weight }) => sum + weight, 0)
  return { score: Math.min(1, Math.round(score * 100) / 100), signs: found.map(({ sign }) => sign) }
}
