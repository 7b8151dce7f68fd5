// What the embedding page says on its script element.

export type Settings = {
  /** Origin of the desk: where the script came from. */
  desk: string
  /** `data-token`: the customer's bearer token; without one a guest. */
  token: string | undefined
  /** `data-locale`; else that of the page, else that of the browser. */
  locale: string
  /** `data-theme`, `light` or `dark`; without one as the system has it. */
  theme: 'light' | 'dark' | undefined
  /** `data-open`: open from the start. */
  open: boolean
  /** `data-sign-in`: where a guest signs in; http, https or a path of the page. */
  signIn: string | undefined
}

export function readSettings(script: HTMLOrSVGScriptElement | null): Settings {
  const element =
    script instanceof HTMLScriptElement ? script : document.querySelector<HTMLScriptElement>('[data-everdesk]')
  const data = element?.dataset ?? {}
  const { theme } = data
  return {
    desk: new URL(element?.src || location.href).origin,
    token: data['token'] || undefined,
    locale: data['locale'] || document.documentElement.lang || navigator.language,
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    open: data['open'] !== undefined,
    signIn: webAddress(data['signIn']),
  }
}

function webAddress(given: string | undefined): string | undefined {
  if (given === undefined || !URL.canParse(given, location.href)) return undefined
  const address = new URL(given, location.href)
  return /^https?:$/.test(address.protocol) ? address.href : undefined
}
