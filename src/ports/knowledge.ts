// Passages of a desk's articles.
export type Passage = { document: string; title: string; heading: string; text: string; score: number }

export interface Knowledge {
  /** Best first; empty when nothing is relevant. */
  search(request: { desk: string; query: string; limit: number }): Promise<Passage[]>
}
