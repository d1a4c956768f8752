/**
 * A text of a flowchart with its lines, in quotes. Letters, digits and what an address is made of stand as they are;
 * all else is an entity code such as `#35;`, so that no text ends its label, is Markdown or a directive.
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export const label = (lines: readonly string[]): string => `"${lines.map(coded).join('<br/>')}"`;

const coded = (line: string): string =>
  line
    .replace(stillRead, (beginning) => `${beginning}${wordJoiner}`)
    .replace(special, code)
    .replace(statements, firstCoded);

/**
 * What Mermaid reads once more when the codes are resolved: a line break, an icon of Font Awesome, a formula, and its
 * own `ﬂ°` and `¶ß` for the ends of a code. A character that is not seen parts them.
 */
const stillRead = /\\(?=n)|:(?=fa-)|\$(?=\$)|ﬂ(?=°)|¶(?=ß)/g;
const wordJoiner = '\u2060';

const special = /[^\p{L}\p{M}\p{N} .,/()–-]|ﬂ/gu;

/** Mermaid takes the last `;` from a line that looks like one of these statements, wherever the word stands in it. */
const statements = /style|classDef/g;

const code = (character: string): string => `#${character.codePointAt(0) ?? 0};`;

const firstCoded = (word: string): string => `${code(word)}${word.slice(1)}`;
