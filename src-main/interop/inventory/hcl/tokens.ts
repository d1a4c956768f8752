/** A word or sign of HCL. Lines from 1. */
export type Token =
  | { readonly kind: 'word' | 'sign'; readonly text: string; readonly line: number }
  /** `isPlain`: no part of it is put in when it is evaluated. */
  | {
      readonly kind: 'string';
      readonly text: string;
      readonly isPlain: boolean;
      readonly line: number;
    }
  | { readonly kind: 'newline' | 'end'; readonly line: number };

/** A text that is not HCL, at a line of it. */
export class HclError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#identifiers, and numbers with them. */
const word = /[\p{L}\p{N}_][\p{L}\p{N}_-]*/uy;
const space = /[ \t\r]+/y;
const lineComment = /(?:#|\/\/)[^\n]*/y;
const heredocStart = /<<(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t\r]*\n/uy;

/** How many levels of a template's parts inside one another are followed. */
const templateDepth = 64;

/** The words of an HCL text in their order; the last one is `end`. Throws an HclError where it is none. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };

  while (at < text.length) {
    const sign = text[at] ?? '';
    if (sign === '\n') {
      tokens.push({ kind: 'newline', line });
      line += 1;
      at += 1;
    } else if (match(space) || match(lineComment)) continue;
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) throw new HclError(line, 'a comment has no end: expected */');
      line += linesIn(text.slice(at, end));
      at = end + 2;
    } else if (sign === '"') {
      const { end, value, isPlain } = quoted(text, at, line, 0);
      tokens.push({ kind: 'string', text: value, isPlain, line });
      at = end;
    } else {
      const heredoc = match(heredocStart);
      if (heredoc) {
        const [, , name = ''] = heredoc;
        tokens.push({ kind: 'string', text: '', isPlain: false, line });
        const start = at;
        at = heredocEnd(text, at, name);
        if (at < 0) throw new HclError(line, `a heredoc has no end: expected a line ${name}`);
        line += 1 + linesIn(text.slice(start, at));
        continue;
      }
      const found = match(word);
      if (found) tokens.push({ kind: 'word', text: found[0], line });
      else {
        tokens.push({ kind: 'sign', text: sign, line });
        at += 1;
      }
    }
  }
  tokens.push({ kind: 'end', line });
  return tokens;
}

const linesIn = (text: string): number => text.split('\n').length - 1;

/** Behind the word that ends it, which stands alone on its line. */
function heredocEnd(text: string, from: number, name: string): number {
  for (let start = from; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (text.slice(start, end).trim() === name) return end;
    start = end + 1;
  }
  return -1;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
};

/** A quoted text from its first quote on. What is put into it when it is evaluated is passed over as a whole. */
function quoted(
  text: string,
  from: number,
  line: number,
  depth: number,
): { readonly end: number; readonly value: string; readonly isPlain: boolean } {
  if (depth > templateDepth) throw new HclError(line, `expected at most ${templateDepth} levels`);
  let value = '';
  let isPlain = true;
  for (let at = from + 1; at < text.length;) {
    const sign = text[at] ?? '';
    if (sign === '"') return { end: at + 1, value, isPlain };
    if (sign === '\n') break;
    const two = text.slice(at, at + 2);
    if (sign === '\\') {
      const [long, unicode] = escapeOf(text, at, line);
      value += unicode;
      at += long;
    } else if ((two === '${' || two === '%{') && text[at - 1] !== sign) {
      isPlain = false;
      at = templateEnd(text, at + 2, line, depth + 1);
    } else {
      value += sign;
      // `$${` is `${` as it stands.
      at += text.startsWith(`${sign}${sign}{`, at) && (sign === '$' || sign === '%') ? 2 : 1;
    }
  }
  throw new HclError(line, 'a text has no end on its line: expected "');
}

function escapeOf(text: string, at: number, line: number): readonly [number, string] {
  const long = /^\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/.exec(text.slice(at, at + 10));
  if (long) {
    const point = Number.parseInt(long[1] ?? long[2] ?? '', 16);
    if (point > 0x10ffff) throw new HclError(line, `${long[0]} is no character`);
    return [long[0].length, String.fromCodePoint(point)];
  }
  const found = escapes[text[at + 1] ?? ''];
  if (found === undefined) {
    throw new HclError(
      line,
      'an escape that is none: expected \\n, \\r, \\t, \\", \\\\ or \\uNNNN',
    );
  }
  return [2, found];
}

function templateEnd(text: string, from: number, line: number, depth: number): number {
  let open = 1;
  for (let at = from; at < text.length;) {
    const sign = text[at] ?? '';
    if (sign === '"') {
      at = quoted(text, at, line, depth).end;
      continue;
    }
    if (sign === '{') open += 1;
    else if (sign === '}') open -= 1;
    at += 1;
    if (open === 0) return at;
  }
  throw new HclError(line, 'a part that is put in has no end: expected }');
}
