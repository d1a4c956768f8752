import type { Finding } from '../checks/index.ts';
import type { InstallReport } from '../install/index.ts';
import type { Design, Flow } from '../model/design.ts';
import type { FlowStatus, Result } from '../sim/index.ts';
import type { Disposition } from '../sim/vocabulary/disposition.ts';
import type { Language } from '../sim/vocabulary/languages.ts';
import type { Met } from './hits.ts';

/** What the user says of the report. Nothing of it is made up: what is not said is not in it. */
export interface Cover {
  readonly title?: string;
  readonly version?: string;
  /** As it is to be read; the report knows no clock. */
  readonly date?: string;
  readonly author?: string;
}

/** How full a subnet is. */
export interface SubnetUse {
  readonly cidr: string;
  readonly gateway?: string;
  /** With its length; absent where it is full. */
  readonly next?: string;
  readonly used: number;
  /** How many hosts it has room for; a decimal number, for IPv6 has many. */
  readonly size: string;
}

export interface Verdict {
  readonly id: string;
  readonly name?: string;
  readonly expect: 'reachable' | 'blocked';
  readonly holds: boolean;
  readonly checks: readonly {
    readonly flow: Flow;
    readonly holds: boolean;
    readonly status: FlowStatus;
    readonly disposition: Disposition;
    readonly replyDisposition?: Disposition;
  }[];
}

/** What differs from a version that was saved. */
export interface Changes {
  readonly since: string;
  readonly head: readonly ChangedField[];
  readonly differences: readonly {
    readonly ref: string;
    readonly name?: string | undefined;
    readonly change: 'added' | 'removed' | 'changed' | 'moved';
    readonly fields: readonly ChangedField[];
  }[];
}
export interface ChangedField {
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

/** A picture of the design, as SVG. */
export interface ReportPicture extends Picture {
  readonly view: 'all' | 'underlay' | 'overlay' | 'kubernetes';
  /** References of what it shows in full; none: the view as a whole. */
  readonly of: readonly string[];
  /** Whether some of it is folded, and has a picture of its own. */
  readonly overview: boolean;
  /** Of several that show the same together. */
  readonly piece?: { readonly number: number; readonly count: number };
}

export interface Picture {
  readonly svg: string;
  /** Pixels at its own size. */
  readonly width: number;
  readonly height: number;
}

export interface ReportInput {
  readonly design: Design;
  readonly language: Language;
  readonly cover: Cover;
  /** In the order of the design. */
  readonly flows: readonly {
    readonly flow: Flow;
    readonly result: Result;
    /** On any of its equal ways. */
    readonly met: Met;
  }[];
  readonly verdicts: readonly Verdict[];
  readonly findings: readonly Finding[];
  readonly installs: readonly InstallReport[];
  /** By the segment's id. */
  readonly subnets: ReadonlyMap<string, readonly SubnetUse[]>;
  readonly pictures: readonly ReportPicture[];
  /** By the flow's id, with its hops numbered. */
  readonly flowPictures: ReadonlyMap<string, Picture>;
  /** What the signs of the pictures mean. */
  readonly legend?: Picture;
  readonly changes?: Changes;
  /** Name and version of the program. */
  readonly program: string;
}
