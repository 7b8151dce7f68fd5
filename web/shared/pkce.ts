// The proof that whoever fetches the tokens is who asked for the code (RFC 7636).

/** 43 characters nobody can guess. */
export function randomWord(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

/** What is shown of the verifier at first: its SHA-256. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
