import type { Design } from '../../src-main/contract/index.ts';
import { collections } from '../../src-main/contract/vocabulary.ts';

/** Every tag of a design with how many things carry it, by name. */
export function tagsOf(design: Design): readonly (readonly [tag: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const key of Object.values(collections)) {
    for (const entity of design[key] ?? []) {
      const tags = 'tags' in entity ? entity.tags : undefined;
      for (const tag of tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
