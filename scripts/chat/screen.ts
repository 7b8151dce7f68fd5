// Where things are shown: one interface for a terminal that draws and for plain lines.
import type { Shown } from './view.ts'

/** Shows what the view says, and lines of the client itself. */
export interface Screen {
  show(things: Shown[]): void
  /** A quiet line of the client. */
  note(text: string): void
  /** A line about something that went wrong. */
  warn(text: string): void
  /** What the customer wrote, when the terminal has not echoed it. */
  echo(text: string): void
}
