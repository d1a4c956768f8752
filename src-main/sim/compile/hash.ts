/** FNV-1a, 32 bits: spreads ids and 5-tuples, the same everywhere. */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

export function hashWord(hash: number, word: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (word & 0xff), 0x01000193);
  mixed = Math.imul(mixed ^ ((word >>> 8) & 0xff), 0x01000193);
  mixed = Math.imul(mixed ^ ((word >>> 16) & 0xff), 0x01000193);
  mixed = Math.imul(mixed ^ (word >>> 24), 0x01000193);
  // FNV's low bits alone are weak for small remainders.
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** A unicast address of VMware's range for generated ones (00:50:56:00–3f), the same for one interface at all times. */
export function macOf(owner: string, interfaceId: string): string {
  const hash = hashText(`${owner}/${interfaceId}`);
  const bytes = [0x00, 0x50, 0x56, (hash >>> 16) & 0x3f, (hash >>> 8) & 0xff, hash & 0xff];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
