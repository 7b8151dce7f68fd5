// One of the two frames with its caption: who is signed in there.
import { keepTokens, keptTokens, type Tokens } from '../shared/sign-in.ts'
import { textClaim } from '../shared/token-claims.ts'

/** A frame that shows a page of ours to one person. */
export interface Pane {
  /** Whether this tab knows who they are. */
  isSignedIn(): boolean
  /** Signs somebody in, instead of whoever was; seen once the frame is opened. */
  keep(tokens: Tokens): void
  /** Loads the page, again if it was there. */
  open(): void
}

export interface PaneOptions {
  /** Ids of the frame and of its caption. */
  frame: string
  caption: string
  /** Client of the page at the issuer, under which its tokens are kept. */
  clientId: string
  path: string
}

export function createPane({ frame, caption, clientId, path }: PaneOptions): Pane {
  const shown = document.getElementById(frame) as HTMLIFrameElement
  const words = document.getElementById(caption)
  const tokens = (): Tokens | undefined => {
    const kept = keptTokens(clientId)
    return kept && kept.expiresAt > Date.now() ? kept : undefined
  }
  return {
    isSignedIn: () => tokens() !== undefined,
    keep: (fresh) => keepTokens(clientId, fresh),
    open() {
      const token = tokens()?.accessToken
      const role = textClaim('role', token)
      if (role !== undefined) {
        const name = document.createElement('b')
        name.textContent = textClaim('name', token) ?? textClaim('sub', token) ?? ''
        words?.replaceChildren('You are ', name, `, ${role === 'agent' || role === 'admin' ? 'an' : 'a'} ${role}`)
      }
      shown.hidden = false
      // Leaves no step behind, and loads the page anew when it is there.
      shown.contentWindow?.location.replace(path)
    },
  }
}
