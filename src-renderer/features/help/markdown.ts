import { lexer, type Token, type Tokens } from 'marked';

/** Part of a line of text. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'emphasis'; readonly inlines: readonly Inline[] }
  /** To another page of the guide (the same one where `page` is absent), or to a heading in it. */
  | {
      readonly kind: 'link';
      readonly page?: string;
      readonly section?: string;
      readonly inlines: readonly Inline[];
    };

export interface Heading {
  readonly kind: 'heading';
  readonly level: number;
  readonly id: string;
  readonly inlines: readonly Inline[];
}

/** Something that stands on lines of its own. */
export type Block =
  | Heading
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'code';
      readonly language: string;
      /** The file that it is, where it is one: `title=NAME` after the language. */
      readonly title?: string;
      readonly text: string;
    }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  /** `name` is the file in the folder of pictures. */
  | { readonly kind: 'picture'; readonly name: string; readonly about: string };

/**
 * A page of the guide as plain data, of which the page makes elements: nothing of the text is ever read as HTML. What the
 * guide does not use (HTML, addresses of the web) is kept as the text that it is.
 */
export function readMarkdown(text: string): readonly Block[] {
  const ids = new Map<string, number>();
  return blocksOf(lexer(text, { gfm: true }), ids);
}

function blocksOf(tokens: readonly Token[], ids: Map<string, number>): readonly Block[] {
  return tokens.flatMap((token): readonly Block[] => {
    switch (token.type) {
      case 'space':
      case 'hr':
      case 'def':
        return [];
      case 'heading': {
        const inlines = inlinesOf(token.tokens);
        const id = headingId(plainText(inlines), ids);
        return [{ kind: 'heading', level: (token as Tokens.Heading).depth, id, inlines }];
      }
      case 'paragraph': {
        const picture = pictureOf(token as Tokens.Paragraph);
        return [picture ?? { kind: 'paragraph', inlines: inlinesOf(token.tokens) }];
      }
      case 'text':
        return [{ kind: 'paragraph', inlines: inlinesOf([token]) }];
      case 'code': {
        const { lang = '', text } = token as Tokens.Code;
        const [language = '', ...rest] = lang.split(' ');
        const title = /^title=(\S+)$/.exec(rest.join(' '))?.[1];
        return [{ kind: 'code', language, text, ...(title === undefined ? {} : { title }) }];
      }
      case 'list': {
        const { ordered, items } = token as Tokens.List;
        return [{ kind: 'list', ordered, items: items.map((item) => blocksOf(item.tokens, ids)) }];
      }
      case 'blockquote':
        return [{ kind: 'quote', blocks: blocksOf(token.tokens ?? [], ids) }];
      case 'table': {
        const { header, rows } = token as Tokens.Table;
        return [
          {
            kind: 'table',
            head: header.map((cell) => inlinesOf(cell.tokens)),
            rows: rows.map((row) => row.map((cell) => inlinesOf(cell.tokens))),
          },
        ];
      }
      default:
        return [{ kind: 'paragraph', inlines: [{ kind: 'text', text: token.raw.trim() }] }];
    }
  });
}

/** A paragraph that is a picture and nothing else. */
function pictureOf({ tokens }: Tokens.Paragraph): Block | undefined {
  const [only, ...others] = tokens;
  if (only?.type !== 'image' || others.length > 0) return undefined;
  const { href, text } = only as Tokens.Image;
  const name = /^\.\.\/pictures\/([\w.-]+)$/.exec(href)?.[1];
  return name === undefined ? undefined : { kind: 'picture', name, about: text };
}

function inlinesOf(tokens: readonly Token[] = []): readonly Inline[] {
  return tokens.flatMap((token): readonly Inline[] => {
    switch (token.type) {
      case 'text':
      case 'escape': {
        const { text, tokens: parts } = token as Tokens.Text;
        return parts ? inlinesOf(parts) : [{ kind: 'text', text }];
      }
      case 'codespan':
        return [{ kind: 'code', text: (token as Tokens.Codespan).text }];
      case 'strong':
        return [{ kind: 'strong', inlines: inlinesOf(token.tokens) }];
      case 'em':
        return [{ kind: 'emphasis', inlines: inlinesOf(token.tokens) }];
      case 'link':
        return [linkOf(token as Tokens.Link)];
      default:
        return [{ kind: 'text', text: token.raw }];
    }
  });
}

function linkOf({ href, raw, tokens }: Tokens.Link): Inline {
  const target = /^(?:([\w-]+)\.md)?(?:#(.+))?$/u.exec(href);
  if (!target || href === '') return { kind: 'text', text: raw };
  const [, page, section] = target;
  return {
    kind: 'link',
    ...(page === undefined ? {} : { page }),
    ...(section === undefined ? {} : { section: decoded(section) }),
    inlines: inlinesOf(tokens),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a heading is called in links, by the rule that code hosts have. */
function headingId(text: string, ids: Map<string, number>): string {
  const id = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
  const earlier = ids.get(id) ?? 0;
  ids.set(id, earlier + 1);
  return earlier === 0 ? id : `${id}-${earlier}`;
}

export function plainText(inlines: readonly Inline[]): string {
  return inlines.map((one) => ('text' in one ? one.text : plainText(one.inlines))).join('');
}

/** All that a reader reads in a block. */
export function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return plainText(block.inlines);
    case 'quote':
      return block.blocks.map(blockText).join(' ');
    case 'code':
      return block.title === undefined ? block.text : `${block.title} ${block.text}`;
    case 'list':
      return block.items.map((item) => item.map(blockText).join(' ')).join(' ');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(plainText).join(' ')).join(' ');
    case 'picture':
      return block.about;
    default:
      return block satisfies never;
  }
}
