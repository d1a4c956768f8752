/** Keeps the values that were used last; making one again is only slow, never wrong. */
export interface Recent<Value> {
  /** The value under the key, made now where it is not kept. */
  get(key: string, make: () => Value): Value;
}

export function keepRecent<Value>(limit: number): Recent<Value> {
  const kept = new Map<string, Value>();
  return {
    get(key, make) {
      const value = kept.has(key) ? (kept.get(key) as Value) : make();
      // Re-inserted, so that the order of the map is the order of use.
      kept.delete(key);
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= limit) break;
        kept.delete(oldest);
      }
      return value;
    },
  };
}
