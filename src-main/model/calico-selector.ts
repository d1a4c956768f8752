/**
 * Calico's selector expressions: `role in { 'db', 'cache' } && !has(retired)`. The grammar is that of libcalico-go's
 * `selector/tokenizer` and `selector/parser`; `||` binds weakest, then `&&`, then `!`.
 */
export type CalicoSelector =
  | { readonly kind: 'all' | 'global' }
  | { readonly kind: 'has'; readonly key: string }
  | { readonly kind: Comparison; readonly key: string; readonly value: string }
  | { readonly kind: 'in' | 'not-in'; readonly key: string; readonly values: readonly string[] }
  | { readonly kind: 'not'; readonly of: CalicoSelector }
  | { readonly kind: 'and' | 'or'; readonly of: readonly CalicoSelector[] };

type Comparison = 'equals' | 'differs' | 'contains' | 'starts-with' | 'ends-with';

/** Where a text stops being a selector: the character's number, from 1, and what should stand there. */
export interface SelectorFault {
  readonly at: number;
  readonly expected: string;
}

export type ParsedSelector =
  | { readonly ok: true; readonly selector: CalicoSelector }
  | { readonly ok: false; readonly fault: SelectorFault };

/** Parentheses inside each other at the most; Calico has no limit, people have. */
const deepest = 64;

/** Reads a selector. An empty text selects all. */
export function parseCalicoSelector(text: string): ParsedSelector {
  const reader = new Reader(text);
  try {
    if (reader.atEnd()) return { ok: true, selector: { kind: 'all' } };
    const selector = reader.or(0);
    if (!reader.atEnd()) reader.fail('"&&", "||" or the end');
    return { ok: true, selector };
  } catch (error) {
    if (error instanceof SelectorError) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Like {@link parseCalicoSelector}, for a text that a validator has accepted before. */
export function calicoSelector(text: string): CalicoSelector {
  const parsed = parseCalicoSelector(text);
  if (!parsed.ok) throw new TypeError(`not a Calico selector: ${text}`);
  return parsed.selector;
}

class SelectorError extends Error {
  readonly fault: SelectorFault;

  constructor(fault: SelectorFault) {
    super(fault.expected);
    this.fault = fault;
  }
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.skipBlanks();
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  fail(expected: string): never {
    throw new SelectorError({ at: this.at + 1, expected });
  }

  or(depth: number): CalicoSelector {
    return this.joined('or', '||', () => this.joined('and', '&&', () => this.operation(depth)));
  }

  private joined(kind: 'and' | 'or', sign: string, next: () => CalicoSelector): CalicoSelector {
    const first = next();
    if (!this.takes(sign)) return first;
    const of = [first];
    do of.push(next());
    while (this.takes(sign));
    return { kind, of };
  }

  private operation(depth: number): CalicoSelector {
    let negated = false;
    while (this.text[this.at + 1] !== '=' && this.takes('!')) negated = !negated;
    const selector = this.term(depth);
    return negated ? { kind: 'not', of: selector } : selector;
  }

  private term(depth: number): CalicoSelector {
    if (this.takes('(')) {
      if (depth >= deepest) this.fail(`at most ${deepest} parentheses inside each other`);
      const inner = this.or(depth + 1);
      if (!this.takes(')')) this.fail('")"');
      return inner;
    }
    for (const kind of ['all', 'global'] as const) {
      if (!this.takes(`${kind}(`)) continue;
      if (!this.takes(')')) this.fail('")"');
      return { kind };
    }
    if (this.takes('has(')) {
      const key = this.label();
      if (!this.takes(')')) this.fail('")"');
      return { kind: 'has', key };
    }
    return this.comparison(this.label());
  }

  private comparison(key: string): CalicoSelector {
    if (this.takes('==')) return { kind: 'equals', key, value: this.literal() };
    if (this.takes('!=')) return { kind: 'differs', key, value: this.literal() };
    if (this.takes('contains')) return { kind: 'contains', key, value: this.literal() };
    if (this.takesBoth('starts', 'with')) {
      return { kind: 'starts-with', key, value: this.literal() };
    }
    if (this.takesBoth('ends', 'with')) return { kind: 'ends-with', key, value: this.literal() };
    if (this.takesBoth('not', 'in')) return { kind: 'not-in', key, values: this.set() };
    if (this.takes('in')) return { kind: 'in', key, values: this.set() };
    return this.fail(
      '"==", "!=", "in", "not in", "contains", "starts with" or "ends with" after the label',
    );
  }

  private label(): string {
    const key = /^[a-zA-Z0-9_./-]{1,512}/.exec(this.text.slice(this.at, this.at + 512))?.[0];
    if (key === undefined) return this.fail('a label, has(…), all() or "("');
    this.at += key.length;
    this.skipBlanks();
    return key;
  }

  private literal(): string {
    const quote = this.text[this.at];
    if (quote !== "'" && quote !== '"') return this.fail('a text in quotes');
    const end = this.text.indexOf(quote, this.at + 1);
    if (end < 0) return this.fail('a text with a closing quote');
    const value = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    this.skipBlanks();
    return value;
  }

  /** `{ 'a', 'b' }`; Calico takes an empty one and a comma at the end as well. */
  private set(): string[] {
    if (!this.takes('{')) this.fail('"{"');
    const values: string[] = [];
    while (!this.takes('}')) {
      values.push(this.literal());
      if (this.takes(',')) continue;
      if (!this.takes('}')) this.fail('"," or "}"');
      break;
    }
    return values;
  }

  private takes(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    this.skipBlanks();
    return true;
  }

  private takesBoth(first: string, second: string): boolean {
    const start = this.at;
    if (this.takes(first) && this.takes(second)) return true;
    this.at = start;
    return false;
  }

  private skipBlanks(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at += 1;
  }
}

/**
 * Whether the labels are those that the selector asks for. A label that is absent differs from every value and is in no
 * set; it contains nothing (libcalico-go, `selector/parser/ast.go`). `all`: what all() is worth.
 */
export function selectorMatches(
  selector: CalicoSelector,
  labels: Readonly<Record<string, string>>,
  all = true,
): boolean {
  const valueOf = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  switch (selector.kind) {
    case 'all':
      return all;
    case 'global':
      return !all;
    case 'has':
      return valueOf(selector.key) !== undefined;
    case 'equals':
      return valueOf(selector.key) === selector.value;
    case 'differs':
      return valueOf(selector.key) !== selector.value;
    case 'contains':
      return valueOf(selector.key)?.includes(selector.value) ?? false;
    case 'starts-with':
      return valueOf(selector.key)?.startsWith(selector.value) ?? false;
    case 'ends-with':
      return valueOf(selector.key)?.endsWith(selector.value) ?? false;
    case 'in':
    case 'not-in': {
      const value = valueOf(selector.key);
      const isListed = value !== undefined && selector.values.includes(value);
      return isListed === (selector.kind === 'in');
    }
    case 'not':
      return !selectorMatches(selector.of, labels, all);
    case 'and':
      return selector.of.every((one) => selectorMatches(one, labels, all));
    case 'or':
      return selector.of.some((one) => selectorMatches(one, labels, all));
    default:
      return selector satisfies never;
  }
}

/** Every label that a selector asks about. */
export function labelsOf(selector: CalicoSelector): readonly string[] {
  switch (selector.kind) {
    case 'all':
    case 'global':
      return [];
    case 'not':
      return labelsOf(selector.of);
    case 'and':
    case 'or':
      return selector.of.flatMap(labelsOf);
    default:
      return [selector.key];
  }
}
