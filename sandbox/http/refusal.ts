/** An answer that is not a success: HTTP status, stable code, and a sentence a person can read. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
  }

  /** The problem document: `{type, title, status, code, message, detail}`. */
  toProblem(): ProblemBody {
    return {
      type: 'about:blank',
      title: this.code,
      status: this.status,
      code: this.code,
      message: this.message,
      detail: this.message,
    }
  }
}

/** The body of `application/problem+json`. */
export interface ProblemBody {
  type: string
  title: string
  status: number
  code: string
  message: string
  detail: string
}
