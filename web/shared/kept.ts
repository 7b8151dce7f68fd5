// Small things the browser keeps for a page. A browser that forbids it makes the page forgetful, not broken.

export type Kept = {
  read: <T>(name: string) => T | undefined
  write: (name: string, value: unknown) => void
  forget: (name: string) => void
}

/** `storage` is asked for each time, because reading the property alone may throw. */
export function keptIn(storage: () => Storage): Kept {
  const quietly = <T>(act: () => T): T | undefined => {
    try {
      return act()
    } catch {
      return undefined
    }
  }
  return {
    read: <T>(name: string) =>
      quietly(() => {
        const text = storage().getItem(`everdesk.${name}`)
        return text === null ? undefined : (JSON.parse(text) as T)
      }),
    write: (name, value) => {
      quietly(() => storage().setItem(`everdesk.${name}`, JSON.stringify(value)))
    },
    forget: (name) => {
      quietly(() => storage().removeItem(`everdesk.${name}`))
    },
  }
}

/** Until the tab is closed. */
export const keptForTab = keptIn(() => sessionStorage)
/** Until the browser forgets it. */
export const keptForBrowser = keptIn(() => localStorage)
