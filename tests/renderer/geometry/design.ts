import type { Design, Finding } from '../../../src-main/contract/index.ts';
import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import type { Scene, SceneItem, ViewChoice } from '../../../src-renderer/geometry/scene.ts';

/** A design of what a test is about; the rest is not there. */
export const designOf = (parts: Record<string, unknown>): Design =>
  ({ hopscope: 1, name: 'test', ...parts }) as unknown as Design;

export const on = (segment: string, address?: string, id = segment) => ({
  id,
  segment,
  ...(address !== undefined && { addresses: [address] }),
});

export const sceneOf = (
  parts: Record<string, unknown>,
  choice: Partial<ViewChoice> = {},
  findings: readonly Finding[] = [],
  before?: Scene,
): Scene =>
  buildScene(designOf(parts), { view: 'all', hiddenTags: [], ...choice }, findings, before);

export function item(scene: Scene, ref: string): SceneItem {
  const found = scene.items[scene.indexOf.get(ref) ?? -1];
  if (!found) throw new Error(`${ref} is not in the scene`);
  return found;
}

/** What is drawn, as an indented tree. */
export function tree(scene: Scene): string {
  return scene.items
    .map((one) => `${'  '.repeat(one.depth)}${one.ref}${one.collapsed ? ` (+${one.hidden})` : ''}`)
    .join('\n');
}

export const findingAt = (
  entity: string,
  segments: readonly (string | number)[] = [],
  severity: 'error' | 'warning' = 'error',
  clashing: readonly unknown[] = [],
): Finding => {
  const at = { entity, path: '', segments };
  return { severity, at, places: [at, ...clashing], related: clashing } as unknown as Finding;
};
