// Passages of a desk's articles: what a search finds, and where ingest keeps them.
export type Passage = { document: string; title: string; heading: string; text: string; score: number }

export interface Knowledge {
  /** Best first; empty when nothing is relevant. */
  search(request: { desk: string; query: string; limit: number }): Promise<Passage[]>
}

/** A passage's place: the article (file name without extension) and its position in it. */
export type PassageKey = { document: string; ordinal: number }
/** A passage as it is kept; `digest` covers title, heading and text. */
export type StoredPassage = PassageKey & { title: string; heading: string; text: string; digest: string }

/** Where ingest keeps passages. Two workers that ingest the same folder at once end with the same rows. */
export interface PassageStore {
  list(desk: string): Promise<(PassageKey & { digest: string })[]>
  put(desk: string, passages: readonly StoredPassage[]): Promise<void>
  remove(desk: string, keys: readonly PassageKey[]): Promise<void>
}
