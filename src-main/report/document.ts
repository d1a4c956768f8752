import { visibleText } from '../model/visible-text.ts';

/** What a report is made of, whatever it is written as. Texts are plain: each writer escapes for itself. */

export type Tone = 'good' | 'warn' | 'bad' | 'faint';

/** A piece of a line. */
export type Piece =
  | string
  /** As it stands in a configuration or a packet. */
  | { readonly code: string }
  | { readonly text: string; readonly tone: Tone }
  | { readonly text: string; readonly strong: true }
  /** To a section of this report. */
  | { readonly text: string; readonly to: string }
  | { readonly newLine: true };
export type Line = readonly Piece[];

export interface Column {
  readonly label: string;
  readonly align?: 'right';
}

export interface Row {
  readonly cells: readonly Line[];
  readonly tone?: Tone;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[]; readonly ordered?: true }
  /** Names and values. */
  | {
      readonly kind: 'facts';
      readonly rows: readonly { readonly label: string; readonly value: Line }[];
    }
  | {
      readonly kind: 'table';
      readonly caption?: string;
      readonly columns: readonly Column[];
      readonly rows: readonly Row[];
      /** Its last column is left empty for the reader's hand. */
      readonly toFillIn?: true;
      /** All columns are equally wide, and long words in them are broken. */
      readonly even?: true;
    }
  | Figure
  | { readonly kind: 'code'; readonly title: string; readonly text: string };

export interface Figure {
  readonly kind: 'figure';
  /** A picture whose texts are escaped already. */
  readonly svg: string;
  readonly caption: string;
  /** Pixels at its own size. */
  readonly width: number;
  readonly height: number;
  /** On paper it has a page to itself, which lies on its side. */
  readonly ownPage?: true;
  /** What the signs of the others mean: it goes with the one before, and is not counted. */
  readonly legend?: true;
}

export interface Section {
  /** Unique in the report; letters, digits, ".", "_" and "-". */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly sections?: readonly Section[];
  /** Its own sections are not in the contents: a table at its head names them, or they are looked up from elsewhere. */
  readonly partsUnlisted?: true;
  /** Begins on a page of its own. */
  readonly onNewPage?: true;
}

export interface ReportDocument {
  readonly language: 'en' | 'ko';
  readonly title: string;
  readonly subtitle?: string;
  /** Of the report, as the user calls it. */
  readonly version?: string;
  /** On the first page: version, date, author, the program. */
  readonly about: readonly { readonly label: string; readonly value: string }[];
  readonly contents: string;
  readonly sections: readonly Section[];
}

export const paragraph = (...line: Line): Block => ({ kind: 'paragraph', line });
export const code = (text: string): Piece => ({ code: text });
export const toned = (tone: Tone, text: string): Piece => ({ text, tone });

/** A file or what is typed, as it stands, with nothing in it that nobody sees. */
export const codeLines = (text: string): readonly string[] =>
  text
    .replace(/\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t').map(visibleText).join('\t'));

/** From a word and the ids of the design, which may stand in a link as they are: `flow-internet-to-web`. */
export const sectionId = (...parts: readonly string[]): string => parts.join('-');
