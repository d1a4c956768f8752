import { projectLimits } from '../app/project/index.ts';

export type StoredJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Reads JSON that may come from anybody: what is nested deeper than any design is not unfolded. */
export function parseStoredJson(text: string): StoredJson {
  if (depthOf(text) > projectLimits.nestingDepth) return { ok: false };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** How deep maps and lists are nested, by the brackets outside of strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}
