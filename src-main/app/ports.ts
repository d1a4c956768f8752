/** What the use cases need from outside. Hosts hand over implementations; tests hand over small ones of their own. */

import type { Opening, Output } from '../contract/index.ts';
import type { Design, NodeKind, Segment, Site } from '../model/design.ts';
import type { Hop } from '../sim/vocabulary/step.ts';
import type { CatalogueText } from '../install/catalogue/index.ts';
import type { ProjectStore } from './project/project-file.ts';

export type { ProjectFile, ProjectStore } from './project/project-file.ts';

/** The samples that come with the program. */
export interface ExampleLibrary {
  /** Their names, in the order in which they are shown. */
  list(): Promise<readonly string[]>;
  /** A sample's text form, or undefined where there is none of that name. */
  read(name: string): Promise<string | undefined>;
}

/** The editable data that comes with the program: who is asked for artifacts, and what products need. */
export interface CatalogueFiles {
  /** Every file of it, by name; an empty list where there is none. */
  read(): Promise<readonly CatalogueText[]>;
}

/** What the program says of itself. */
export interface Program {
  readonly version: string;
  readonly host: 'desktop' | 'browser';
  readonly platform: string;
}

/** The machine's folders, as far as they hold designs. */
export interface Files {
  /** A folder and what stands in it; the folder for designs where none is named. A text says why it cannot be listed. */
  list(folder: string | undefined): Promise<Output<'files.list'> | string>;
  /** A text form of a design, and nothing else of the machine. A text says why it cannot be read. */
  readText(file: string): Promise<{ readonly text: string } | string>;
  /** A path in the folder for designs that nothing has yet: `Title.hopscope`, `Title 2.hopscope`. Makes the folder. */
  freeDesignPath(title: string): string;
  /** A path beside a file that nothing has yet: `Plan copy.hopscope`. */
  freeCopyPath(file: string): string;
  exists(file: string): boolean;
  /** Removes a project file of ours. What is gone already, or cannot be removed, is left. */
  remove(file: string): void;
}

/** What the program keeps for its user, by name; none of it is part of a design. */
export interface UserData {
  /** Undefined where nothing was kept, or what was kept is damaged. */
  read(name: UserDataName): unknown;
  /** Whole or not at all. A text says why it was not possible. */
  write(name: UserDataName, value: unknown): string | undefined;
}
export type UserDataName = 'settings' | 'recents' | 'drafts';

/** What a picture of a design shows. */
export interface PictureWish {
  readonly view: 'all' | 'underlay' | 'overlay' | 'kubernetes';
  /** For who cannot see it. */
  readonly title: string;
  readonly dark?: boolean;
  /** References of things: the part of the drawing around them alone. */
  readonly only?: readonly string[];
  /** A packet's way, with its hops numbered. */
  readonly way?: { readonly hops: readonly Hop[]; readonly tone: 'good' | 'warn' | 'bad' };
}

/** One of the drawings that show a design together. */
export interface Figure extends Output<'design.picture'> {
  /** References of what it shows in full; none: the design as a whole. */
  readonly of: readonly string[];
  /** Whether some of it is folded, and shown in a figure of its own. */
  readonly overview: boolean;
  /** Of several that show the same together. */
  readonly piece?: { readonly number: number; readonly count: number };
}

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

export interface FiguresWish extends Pick<PictureWish, 'view' | 'title'> {
  /** Pixels of the pages that they are to come on, and of a larger one for what is hard to divide. */
  readonly pages: { readonly wanted: readonly PixelSize[]; readonly largest: PixelSize };
}

export interface LegendWish {
  readonly title: string;
  readonly views: readonly PictureWish['view'][];
  readonly words: LegendWords;
  /** How the flows fare whose ways are drawn. */
  readonly ways: readonly NonNullable<PictureWish['way']>['tone'][];
  readonly columns: number;
}

/** What the signs of a drawing are called. */
export interface LegendWords {
  readonly site: (kind: Site['kind']) => string;
  /** `role`: what a host is for, by what runs on it. */
  readonly node: (node: { readonly kind: NodeKind; readonly role?: string }) => string;
  readonly segment: (kind: Segment['kind']) => string;
  readonly cluster: string;
  readonly pod: string;
  readonly edge: (kind: 'interface' | 'link' | 'stretch' | 'tunnel' | 'uplink') => string;
  readonly folded: string;
  readonly down: string;
  readonly hop: string;
  readonly way: Readonly<Record<NonNullable<PictureWish['way']>['tone'], string>>;
}

/** Draws designs as the window does. */
export interface Pictures {
  /** Where everything is drawn: boxes by reference, and the corners of lines. Canvas units, y downwards. */
  places(design: Design): {
    readonly boxes: ReadonlyMap<
      string,
      { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
    >;
    readonly lines: ReadonlyMap<string, readonly { readonly x: number; readonly y: number }[]>;
  };
  /** Undefined where there is nothing to draw. */
  draw(design: Design, wish: PictureWish): Output<'design.picture'> | undefined;
  /** The whole design on pages: one where it has its place on it, else an overview and what it leaves out. */
  figures(design: Design, wish: FiguresWish): readonly Figure[];
  legend(design: Design, wish: LegendWish): Output<'design.picture'>;
}

/** Makes a PDF of a page; a text says why it cannot. */
export type PrintPdf = (html: string) => Promise<Uint8Array | string>;

/** The only clock of the use cases. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Lets everything else that waits have its turn. */
  pause(): Promise<void>;
  /** Calls again and again, until what is returned is called. Does not keep the program from ending. */
  every(intervalMs: number, work: () => void): () => void;
}

/** A project that a backend before this one had open. */
export interface OpenBefore {
  /** What pages name it by. */
  readonly project: string;
  readonly file: string;
  readonly readOnly: boolean;
  /** The last revision that anybody was told of. */
  readonly revision: number;
  /** How many have it open. */
  readonly users: number;
}

export interface Ports {
  readonly examples: ExampleLibrary;
  /** Absent where the host brings no catalogue along. */
  readonly catalogue?: CatalogueFiles;
  readonly clock: Clock;
  /** Absent where the host cannot print. */
  readonly printPdf?: PrintPdf;
  /** Absent where the host cannot draw. */
  readonly pictures?: Pictures;
  readonly program: Program;
  /** The design that the program was started with, where there is one. */
  readonly opened?: () => Opening | undefined;
  /** Absent where the host has no place for project files. */
  readonly projects?: ProjectStore;
  /** What is open from the beginning, under the names that it had; what cannot be opened is not. */
  readonly openBefore?: readonly OpenBefore[];
  /** Absent where the host has no folders to look into. */
  readonly files?: Files;
  /** Absent where nothing is remembered from one start to the next. */
  readonly userData?: UserData;
}
