import { designIssue, type DesignIssue, type Path } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import type { ReadText } from './read-text.ts';
import { limitIssue, UnreadableText } from './text-issue.ts';

/** Places in a document whose offsets are asked for. */
interface Wanted {
  keyOffset?: number;
  valueOffset?: number;
  readonly below: Map<string | number, Wanted>;
}

/**
 * Reads strict JSON (RFC 8259). Unlike `JSON.parse` it tells where things stand, refuses a key that stands twice in one
 * object, and holds the limits while it reads.
 */
export function readJson(text: string): ReadText {
  const duplicates: { readonly issue: DesignIssue; readonly offset: number }[] = [];
  const value = new JsonReader(text, undefined, duplicates).document();
  return {
    value,
    duplicates,
    locate(places) {
      const root: Wanted = { below: new Map() };
      const found = places.map(({ path }) => want(root, path));
      new JsonReader(text, root, undefined).document();
      return places.map((place, index) => {
        const at = found[index]?.at(-1);
        const exact = place.at === 'key' ? at?.keyOffset : at?.valueOffset;
        return (
          exact ?? found[index]?.findLast((one) => one.valueOffset !== undefined)?.valueOffset ?? 0
        );
      });
    },
  };
}

/** Marks a path and everything above it; gives the marks from the root down. */
function want(root: Wanted, path: Path): Wanted[] {
  const marks = [root];
  let mark = root;
  for (const part of path) {
    let next = mark.below.get(part);
    if (!next) mark.below.set(part, (next = { below: new Map() }));
    marks.push((mark = next));
  }
  return marks;
}

const literals = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class JsonReader {
  #at = 0;
  readonly #text: string;
  readonly #wanted: Wanted | undefined;
  readonly #duplicates: { readonly issue: DesignIssue; readonly offset: number }[] | undefined;
  readonly #path: (string | number)[] = [];

  constructor(
    text: string,
    wanted: Wanted | undefined,
    duplicates: { readonly issue: DesignIssue; readonly offset: number }[] | undefined,
  ) {
    this.#text = text;
    this.#wanted = wanted;
    this.#duplicates = duplicates;
    if (text.startsWith('\ufeff')) this.#at = 1;
  }

  document(): unknown {
    this.#space();
    const value = this.#value(this.#wanted);
    if (this.#at < this.#text.length) this.#refuse('nothing after the end of the document');
    return value;
  }

  /** Reads a value and the white space behind it. */
  #value(wanted: Wanted | undefined): unknown {
    if (wanted) wanted.valueOffset ??= this.#at;
    const value = this.#bareValue(wanted);
    this.#space();
    return value;
  }

  #bareValue(wanted: Wanted | undefined): unknown {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(wanted);
      case '[':
        return this.#list(wanted);
      case '"':
        return this.#string();
      default:
    }
    number.lastIndex = this.#at;
    const digits = number.exec(this.#text)?.[0];
    if (digits !== undefined) {
      this.#at += digits.length;
      return Number(digits);
    }
    for (const [word, value] of literals) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    return this.#refuse('a value');
  }

  #object(wanted: Wanted | undefined): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#enter();
    if (this.#take('}')) return object;
    for (let more = true, count = 1; more; count += 1) {
      const keyOffset = this.#at;
      if (this.#text[keyOffset] !== '"') this.#refuse('a key in double quotes');
      if (count > limits.entitiesPerKind) this.#exceed('keys in one map', limits.entitiesPerKind);
      const key = this.#string();
      this.#space();
      if (!this.#take(':')) this.#refuse('":"');
      this.#path.push(key);
      const isDuplicate = Object.hasOwn(object, key);
      const below = isDuplicate ? undefined : wanted?.below.get(key);
      if (below) below.keyOffset = keyOffset;
      const value = this.#value(below);
      if (isDuplicate) this.#duplicate(key, keyOffset);
      else setKey(object, key, value);
      this.#path.pop();
      more = this.#take(',');
    }
    this.#leave('}');
    return object;
  }

  #list(wanted: Wanted | undefined): unknown[] {
    const list: unknown[] = [];
    this.#enter();
    if (this.#take(']')) return list;
    do {
      if (list.length === limits.entitiesPerKind) this.#exceed('entries in one list', list.length);
      this.#path.push(list.length);
      list.push(this.#value(wanted?.below.get(list.length)));
      this.#path.pop();
    } while (this.#take(','));
    this.#leave(']');
    return list;
  }

  #string(): string {
    const start = this.#at;
    for (
      let end = this.#text.indexOf('"', start + 1);
      end > 0;
      end = this.#text.indexOf('"', end + 1)
    ) {
      let escapes = 0;
      while (this.#text[end - 1 - escapes] === '\\') escapes += 1;
      if (escapes % 2 === 1) continue;
      this.#at = end + 1;
      const source = this.#text.slice(start, end + 1);
      try {
        return JSON.parse(source) as string;
      } catch {
        this.#at = start;
        return this.#refuse('a text with its control characters and backslashes escaped');
      }
    }
    return this.#refuse('a text that ends with a double quote');
  }

  #enter(): void {
    if (this.#path.length >= limits.nestingDepth) this.#exceed('levels', limits.nestingDepth);
    this.#at += 1;
    this.#space();
  }

  #leave(close: '}' | ']'): void {
    if (this.#text[this.#at] !== close) this.#refuse(`"," or "${close}"`);
    this.#at += 1;
  }

  /** Takes one sign and the white space behind it, where it stands here; a closing one without. */
  #take(sign: ',' | ':' | '}' | ']'): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    if (sign === ',' || sign === ':') this.#space();
    return true;
  }

  #space(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  #duplicate(key: string, offset: number): void {
    const issue = designIssue('duplicate-key', [...this.#path], 'each key of a map once', key);
    this.#duplicates?.push({ issue, offset });
  }

  #refuse(expected: string): never {
    const found = this.#text[this.#at];
    const issue = designIssue('syntax', [...this.#path], expected, found);
    throw new UnreadableText({ issue, offset: this.#at });
  }

  #exceed(what: string, limit: number): never {
    throw new UnreadableText({ issue: limitIssue(`at most ${limit} ${what}`), offset: this.#at });
  }
}

/** Sets an own key whatever its name: `__proto__` as well. */
export function setKey(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}
