import { Composer, Lexer, Parser, type CST, type Document } from 'yaml';
import type { DesignIssue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { limitIssue, syntaxIssue, UnreadableText } from './text-issue.ts';
import type { ReadText } from './read-text.ts';
import { YamlValues } from './yaml-values.ts';

/**
 * Reads one YAML 1.2 document by the core schema: `no`, `1e` and `0o` mean what they mean there, `<<` is a key like any
 * other, keys are texts. Limits are held while the text is read, so that a hostile one ends early.
 */
export function readYaml(text: string): ReadText {
  return new YamlValues(compose(text).contents);
}

function compose(text: string): Document.Parsed {
  const guard = new Guard();
  const parser = new Parser();
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // Compared pair by pair there; found with less work when the values are taken.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  let offset = 0;
  const documents: Document.Parsed[] = [];
  const take = (token: CST.Token) => {
    guard.document(token);
    for (const document of composer.next(token)) documents.push(document);
  };
  for (const lexeme of new Lexer().lex(text)) {
    guard.lexeme(lexeme, offset, parser.stack);
    for (const token of parser.next(lexeme)) take(token);
    offset = parser.offset;
  }
  for (const token of parser.end()) take(token);
  for (const document of composer.end(true, text.length)) documents.push(document);

  const [document] = documents;
  if (!document) throw new UnreadableText({ issue: syntaxIssue('a document'), offset: 0 });
  const found = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    issue: yamlIssue(message),
    offset: pos[0],
  }));
  if (found.length > 0) throw new UnreadableText(...found.slice(0, limits.errorsListed));
  return document;
}

/** Signs that fit nowhere, after which the rest of a text is not looked at. */
const strayWordsListed = 20;

/** The parser's own sentence, without the source that it may quote at length. */
const yamlIssue = (message: string) => syntaxIssue(`YAML 1.2: ${message.slice(0, 200)}`);

/** Watches the words of a YAML text go by, and ends the reading where they go beyond a limit. */
class Guard {
  #tokens = 0;
  #properties = 0;
  #documents = 0;
  #directives = 0;
  readonly #errors: { readonly issue: DesignIssue; readonly offset: number }[] = [];

  lexeme(lexeme: string, offset: number, stack: readonly CST.Token[]): void {
    this.#tokens += 1;
    if (this.#tokens > limits.yamlTokens)
      exceed('words, signs and line breaks', limits.yamlTokens, offset);
    const top = stack.at(-1);
    const items = top && 'items' in top ? top.items.length : 0;
    // The document stands on the stack as well, and often a scalar.
    const levels = stack.length - (top && 'items' in top ? 1 : 2);
    if (levels > limits.nestingDepth) exceed('levels', limits.nestingDepth, offset);
    const [sign = ''] = lexeme;
    if (sign === '&' || sign === '*' || sign === '!') {
      this.#properties += 1;
      if (this.#properties > limits.yamlProperties) {
        exceed('anchors, aliases and tags', limits.yamlProperties, offset);
      }
    }
    if (sign === '%' && stack.length === 0) {
      this.#directives += 1;
      if (this.#directives > 1 || !/^%YAML[ \t]+1\.2\s*$/.test(lexeme)) {
        const issue = syntaxIssue('no directive but one %YAML 1.2');
        throw new UnreadableText({ issue, offset });
      }
    }
    if (items > limits.entitiesPerKind)
      exceed('entries in one list or map', limits.entitiesPerKind, offset);
  }

  document(token: CST.Token): void {
    if (token.type === 'error') {
      this.#errors.push({ issue: yamlIssue(token.message), offset: token.offset });
      if (this.#errors.length === strayWordsListed) throw new UnreadableText(...this.#errors);
    }
    if (token.type !== 'document') return;
    this.#documents += 1;
    if (this.#documents > 1) {
      throw new UnreadableText({
        issue: syntaxIssue('one document in one text'),
        offset: token.offset,
      });
    }
  }
}

function exceed(what: string, limit: number, offset: number): never {
  throw new UnreadableText({ issue: limitIssue(`at most ${limit} ${what}`), offset });
}
