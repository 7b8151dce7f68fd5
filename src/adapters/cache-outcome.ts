/** Hears each look into a cache, for the metric cache_requests_total. `error`: not reachable, so the caller asks the source. */
export type OnCacheLookup = (tier: 'memory' | 'redis', outcome: 'hit' | 'miss' | 'error') => void
