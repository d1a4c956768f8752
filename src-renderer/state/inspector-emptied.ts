import { Part } from './inspector-editor.svelte.ts';

/** A value of a map that says nothing when it is empty: with its last key the map goes, too. */
export class EmptiedPart extends Part {
  override async set(value: unknown, text?: string): Promise<boolean> {
    const map = new Part(this.editor, this.path.slice(0, -1), this.draft);
    const keys = Object.keys(map.value ?? {});
    const isLast = keys.length === 1 && keys[0] === this.path.at(-1);
    if (value !== undefined || !isLast) return super.set(value, text);
    const done = await map.set(undefined, text);
    if (done) this.discard();
    return done;
  }
}
