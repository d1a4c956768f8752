import { HclError, tokensOf, type Token } from './tokens.ts';

/** A value as far as it is known without evaluating anything. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Placed> }
  /** Has to be evaluated, or is nothing that is asked for here. */
  | { readonly kind: 'other' };

export interface Placed {
  readonly line: number;
  readonly value: Value;
}

/** `type "label" { … }` */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly body: Body;
}

export interface Body {
  readonly attributes: ReadonlyMap<string, Placed>;
  readonly blocks: readonly Block[];
}

/** Blocks and brackets inside one another. */
const depthLimit = 64;

const openers = new Map([
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
]);
const closers = new Set(openers.values());

/**
 * Blocks, attributes, texts and objects of an HCL text (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md).
 * Expressions are passed over as wholes. Throws an HclError, with its line, where the text is none.
 */
export function parseHcl(text: string): Body {
  return new Parser(tokensOf(text)).file();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  file(): Body {
    return this.#body(0, false);
  }

  get #token(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1);
    if (!token) throw new HclError(1, 'expected HCL');
    return token;
  }

  #is(sign: string): boolean {
    const token = this.#token;
    return token.kind === 'sign' && token.text === sign;
  }

  #skipNewlines(): void {
    while (this.#token.kind === 'newline') this.#at += 1;
  }

  #body(depth: number, isInside: boolean): Body {
    if (depth > depthLimit) {
      throw new HclError(this.#token.line, `expected at most ${depthLimit} levels`);
    }
    const attributes = new Map<string, Placed>();
    const blocks: Block[] = [];
    for (;;) {
      this.#skipNewlines();
      const token = this.#token;
      if (token.kind === 'end') {
        if (isInside) throw new HclError(token.line, 'a block has no end: expected }');
        return { attributes, blocks };
      }
      if (isInside && this.#is('}')) {
        this.#at += 1;
        return { attributes, blocks };
      }
      if (token.kind !== 'word') {
        const shown = 'text' in token ? token.text.slice(0, 40) : '';
        throw new HclError(token.line, `${JSON.stringify(shown)} begins nothing: expected a name`);
      }
      this.#at += 1;
      if (this.#is('=')) {
        this.#at += 1;
        const value = this.#expression(depth + 1, isInside);
        if (attributes.has(token.text)) {
          throw new HclError(token.line, `${token.text} is set twice: expected it once`);
        }
        attributes.set(token.text, { line: token.line, value });
      } else blocks.push(this.#block(token.text, token.line, depth));
    }
  }

  #block(type: string, line: number, depth: number): Block {
    const labels: string[] = [];
    for (;;) {
      const token = this.#token;
      if (token.kind === 'word' || token.kind === 'string') labels.push(token.text);
      else if (this.#is('{')) break;
      else throw new HclError(token.line, `${type} is neither set nor a block: expected = or {`);
      this.#at += 1;
    }
    this.#at += 1;
    return { type, labels, line, body: this.#body(depth + 1, true) };
  }

  /** Up to the end of its line, or the bracket that ends what it stands in. */
  #expression(depth: number, isInside: boolean): Value {
    if (depth > depthLimit) {
      throw new HclError(this.#token.line, `expected at most ${depthLimit} levels`);
    }
    const first = this.#token;
    const start = this.#at;
    if (first.kind === 'string') {
      this.#at += 1;
      if (this.#endsHere(isInside)) {
        return first.isPlain ? { kind: 'text', text: first.text } : { kind: 'other' };
      }
    } else if (this.#is('{')) {
      const entries = this.#object(depth);
      if (entries && this.#endsHere(isInside)) return { kind: 'object', entries };
    }
    this.#at = start;
    this.#passOver(isInside);
    return { kind: 'other' };
  }

  #endsHere(isInside: boolean): boolean {
    const { kind } = this.#token;
    return kind === 'newline' || kind === 'end' || this.#is(',') || (isInside && this.#is('}'));
  }

  /** `{ name = value, "name": value }`; undefined where it is a `for` or has names that have to be evaluated. */
  #object(depth: number): ReadonlyMap<string, Placed> | undefined {
    const entries = new Map<string, Placed>();
    this.#at += 1;
    for (;;) {
      this.#skipNewlines();
      if (this.#is('}')) {
        this.#at += 1;
        return entries;
      }
      const key = this.#token;
      if (key.kind !== 'word' && !(key.kind === 'string' && key.isPlain)) return undefined;
      this.#at += 1;
      if (!this.#is('=') && !this.#is(':')) return undefined;
      this.#at += 1;
      entries.set(key.text, { line: key.line, value: this.#expression(depth + 1, true) });
      if (this.#is(',')) this.#at += 1;
    }
  }

  #passOver(isInside: boolean): void {
    const open: string[] = [];
    for (;;) {
      const token = this.#token;
      if (token.kind === 'end') {
        if (open.length > 0) throw new HclError(token.line, `expected ${open.at(-1)}`);
        return;
      }
      if (open.length === 0 && (token.kind === 'newline' || this.#is(','))) return;
      if (token.kind === 'sign') {
        const closer = openers.get(token.text);
        if (closer !== undefined) open.push(closer);
        else if (closers.has(token.text)) {
          if (open.length === 0 && isInside && token.text === '}') return;
          if (open.pop() !== token.text) {
            throw new HclError(token.line, `${token.text} closes nothing that is open`);
          }
        }
      }
      this.#at += 1;
    }
  }
}
