import type { z } from 'zod';
import type { Finding } from '../checks/finding.ts';
import type { Connections } from '../connections/index.ts';
import type { Explanation } from '../explain/vocabulary.ts';
import type { DrawioRemark } from '../interop/drawio/remarks.ts';
import type { LeftOut } from '../interop/exchange.ts';
import type { InstallReport } from '../install/vocabulary.ts';
import type { Design, Entity, Flow, Intent } from '../model/design.ts';
import type { EntityRef } from '../model/ids.ts';
import type { Disposition, FlowStatus, Result, Warning } from '../sim/vocabulary/index.ts';
import type { Edit } from '../model/edits.ts';
import type { ToldChange } from './change-words.ts';
import type { Answer, Issue } from './errors.ts';
import type { Events, Listener, Unsubscribe } from './events.ts';
import type { inputs } from './inputs.ts';

export type Method = keyof typeof inputs;
export type Input<Name extends Method> = z.input<(typeof inputs)[Name]>;
export type DesignSource = Input<'design.read'>['source'];

/** A place in a file, and what of it does not become part of a design. Lines from 1. */
export interface ManifestRemark {
  readonly file: string;
  readonly line: number;
  readonly about: string;
  readonly text: string;
}

/** Something that has to be fetched, and where a file says so. Lines from 1. */
export interface FoundArtifact {
  readonly kind: NonNullable<
    NonNullable<Design['installScenarios']>[number]['artifacts']
  >[number]['kind'];
  readonly reference: string;
  readonly file: string;
  readonly line: number;
  /** What asks for it: `init container migrate of Deployment shop/web`. */
  readonly why: string;
}

export interface ExampleSummary {
  /** What it is called in calls and on the command line. */
  readonly name: string;
  /** The design's own name. */
  readonly title: string;
  readonly notes?: string;
  readonly sites: number;
  readonly nodes: number;
  readonly flows: number;
}

/** How one flow fares, without its traces. */
export interface FlowSummary {
  readonly id: string;
  readonly name?: string;
  readonly status: FlowStatus;
  /** How the first forward trace ends, and the reply to it where there is one. */
  readonly disposition: Disposition;
  readonly replyDisposition?: Disposition;
  /** Bytes. */
  readonly pathMtu?: number;
  readonly warnings: readonly Warning[];
}

/** One simulation of an intent: the flow itself, or one pair and service of a matrix. */
export interface IntentCheck {
  readonly flow: Flow;
  readonly holds: boolean;
  /** Of several paths, which one decides, from 0. */
  readonly path?: number;
  readonly status: FlowStatus;
  /** How the first forward trace that decides the verdict ends. */
  readonly disposition: Disposition;
  /** The reply's end, where the request was delivered. */
  readonly replyDisposition?: Disposition;
  /** The last step's sentence of the trace that decides. */
  readonly reason: string;
  readonly warnings: readonly Warning[];
}

export interface IntentVerdict {
  readonly id: string;
  readonly name?: string;
  readonly expect: Intent['expect'];
  /** Every check holds, and there is at least one: an intent that speaks of nobody proves nothing. */
  readonly holds: boolean;
  readonly checks: readonly IntentCheck[];
}

/** A project that is open, as it is now. */
export interface ProjectState {
  /** What calls name the project by while it is open. */
  readonly project: string;
  /** Absolute, symbolic links followed. */
  readonly file: string;
  /** Changes with every edit; equal revisions hold equal designs. */
  readonly revision: number;
  /** Whether it can be edited, and if not, what stands against it. */
  readonly access: 'edit' | 'read-only-asked' | 'read-only-file' | 'read-only-folder';
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The number of the last step of the history that is in effect; 0 before the first. */
  readonly step: number;
  /** Made by the program in its folder for designs, and not yet given a place by the user. */
  readonly draft?: boolean;
  /** What stands between the project and its file, as long as it does. */
  readonly trouble?: Pick<Events['project.trouble'], 'code' | 'text' | 'hint'>;
}

/** The state after an edit, and the entities that it wrote, removed or moved. */
export interface ProjectChange extends ProjectState {
  readonly changed: readonly EntityRef[];
  /** Lead from the design before to the design now. */
  readonly edits: readonly Edit[];
}

/** What becomes of an entity by a change of others. */
export type ToldOfEntity = ToldChange & { readonly ref: EntityRef };

/** What a change would do, or has done. */
export interface ChangePlan {
  /** What the step is called in the history. */
  readonly label: string;
  readonly edits: readonly Edit[];
  /** New things, the one that was asked for first. */
  readonly created: readonly EntityRef[];
  /** What goes along with what was asked to go: told before it is done. */
  readonly takesAlong: readonly ToldOfEntity[];
  /** What was changed elsewhere because of it: references renamed, rules that named what is gone. */
  readonly alsoChanged: readonly ToldOfEntity[];
  /** What was left out, and why. */
  readonly leftOut: readonly ToldChange[];
}

/** A subnet of a segment, and what is still free in it. */
export interface FreeAddress {
  readonly cidr: string;
  readonly gateway?: string;
  /** With its prefix length, as an interface carries it; undefined where the subnet is full. */
  readonly next?: string;
  readonly used: number;
  /** As text: an IPv6 subnet has more than a number holds. */
  readonly size: string;
}

export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  readonly kind: 'folder' | 'project' | 'text';
  readonly bytes?: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly modifiedMs?: number;
}

export interface RecentProject {
  readonly file: string;
  readonly title: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly openedMs: number;
  /** Whether the file is there now. */
  readonly exists: boolean;
}

/** One entity that differs between two designs. */
export interface EntityDifference {
  readonly ref: EntityRef;
  readonly name?: string;
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  /** The values that differ, by their path in the text form. */
  readonly fields: readonly {
    readonly path: string;
    readonly from?: string;
    readonly to?: string;
  }[];
}

export interface ProjectStep {
  /** From 1. */
  readonly sequence: number;
  readonly label: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
  /** False: undone, and can be redone. */
  readonly applied: boolean;
}

export interface ProjectVersion {
  /** Unique in the project. */
  readonly name: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
  /** The step after which it was saved, 0 before the first; absent where the history no longer has it. */
  readonly step?: number;
}

export type Settings = Readonly<Record<string, string | number | boolean | null>>;

/** What each call answers when it succeeds. */
export interface Outputs {
  /** The design that the program was started with, where it was. */
  'app.start': {
    readonly open?: Opening;
    readonly version: string;
    /** Which host serves the page. */
    readonly host: 'desktop' | 'browser';
    readonly platform: string;
  };

  'backend.restart': Record<string, never>;

  'settings.read': { readonly values: Settings };
  'settings.write': Record<string, never>;
  'files.list': {
    readonly folder: string;
    readonly parent?: string;
    /** Folders first, then what Hopscope opens; nothing hidden. */
    readonly entries: readonly FolderEntry[];
    /** Where people keep things: home, documents, the folder for designs, drives. */
    readonly places: readonly { readonly name: string; readonly path: string }[];
  };
  'files.readText': { readonly text: string };
  'recents.list': { readonly recents: readonly RecentProject[] };
  'recents.forget': Record<string, never>;
  'run.stop': Record<string, never>;

  'examples.list': { readonly examples: readonly ExampleSummary[] };
  'examples.read': { readonly name: string; readonly text: string; readonly design: Design };

  'design.read': { readonly design: Design };
  'design.parse': { readonly design: Design };
  'design.format': { readonly text: string };
  'design.lint': { readonly findings: readonly Finding[] };
  'design.connections': {
    readonly clusters: readonly {
      readonly cluster: string;
      readonly connections: readonly Connections[];
    }[];
  };

  'kubernetes.import': {
    readonly design: Design;
    /** How many of each kind became part of the design. */
    readonly imported: Readonly<Record<string, number>>;
    /** What did not, with its place and the reason. */
    readonly remarks: readonly ManifestRemark[];
    readonly assumptions: readonly string[];
  };

  'iptables.import': {
    readonly design: Design;
    readonly node: string;
    readonly rules: number;
    readonly translations: number;
    readonly remarks: readonly {
      readonly line: number;
      readonly about: string;
      readonly text: string;
    }[];
  };

  'artifacts.import': {
    readonly design: Design;
    readonly scenario: string;
    /** All that the files name, each once. */
    readonly found: readonly FoundArtifact[];
    /** How many of them the scenario did not have. */
    readonly added: number;
    /** What was not understood or not taken, with its place and the reason. */
    readonly remarks: readonly ManifestRemark[];
  };

  'flow.simulate': { readonly flow: Flow; readonly result: Result };
  'flow.explain': { readonly flow: Flow; readonly explanation: Explanation };
  'flows.simulateAll': { readonly flows: readonly FlowSummary[] };
  'intents.verify': { readonly holds: boolean; readonly intents: readonly IntentVerdict[] };
  /** One report for each scenario and mode, in the order of the design. `works`: all of them can be installed. */
  'install.evaluate': { readonly works: boolean; readonly reports: readonly InstallReport[] };
  'design.export': {
    /** The main one first. */
    readonly files: readonly { readonly path: string; readonly content: string | Uint8Array }[];
    /** What the format does not hold, or otherwise; in the order of the design. */
    readonly leftOut: readonly LeftOut[];
  };
  'drawio.import': {
    readonly design: Design;
    /** What was not understood, not taken or guessed; `cell`: the id in the drawing. */
    readonly remarks: readonly DrawioRemark[];
  };
  /** Pixels at its own size. */
  'design.picture': { readonly svg: string; readonly width: number; readonly height: number };
  /** Pictures are apart where the format cannot hold them. */
  'report.make': {
    readonly text: string;
    readonly pictures: readonly { readonly path: string; readonly svg: string }[];
    /** Of a PDF, whose text is empty. */
    readonly bytes?: Uint8Array;
  };
  /** A pcapng file. */
  'trace.pcap': { readonly fileName: string; readonly bytes: Uint8Array };

  'project.create': ProjectState;
  'project.open': ProjectState;
  'project.createDraft': ProjectState;
  'project.receive': ProjectState;
  'project.state': ProjectState;
  'project.read': { readonly state: ProjectState; readonly design: Design };
  'project.close': Record<string, never>;
  'project.saveAs': ProjectState;
  'project.duplicate': ProjectState;
  'project.settle': ProjectChange;
  'project.saveCopy': Record<string, never>;
  'project.apply': ProjectChange;
  'project.plan': ChangePlan;
  'project.change': ProjectChange & Omit<ChangePlan, 'edits'>;
  'project.nextFree': {
    readonly subnets: readonly FreeAddress[];
    /** Who has the address that was asked about; absent where it is free. */
    readonly taken?: string;
  };
  'project.goTo': ProjectChange;
  'entity.format': { readonly text: string };
  /** `entity` where the text is one; issues, with line and column, where it is not. */
  'entity.parse': { readonly entity: Entity } | { readonly issues: readonly Issue[] };
  'project.undo': ProjectChange;
  'project.redo': ProjectChange;
  /** The oldest first. */
  'project.history': { readonly steps: readonly ProjectStep[] };
  /** The oldest first. */
  'project.versions.list': { readonly versions: readonly ProjectVersion[] };
  'project.versions.save': { readonly version: ProjectVersion };
  'project.versions.restore': ProjectChange;
  'project.versions.compare': {
    /** What the design says of itself, where that differs: `name`, `notes`. */
    readonly head: EntityDifference['fields'];
    readonly differences: readonly EntityDifference[];
  };
  'project.versions.delete': Record<string, never>;
}
export type Output<Name extends Method> = Outputs[Name];

/** What the program was started with. */
export interface Opening {
  /** What it is called: the file's name, or the sample's. */
  readonly title: string;
  readonly source: DesignSource;
}

/** What every transport carries: a method's name and its arguments in, an answer out. Never rejects. */
export interface Backend {
  call<Name extends Method>(method: Name, payload: Input<Name>): Promise<Answer<Output<Name>>>;
  /** The same for a caller that is not to be trusted with types: a message from outside. */
  callUntyped(method: string, payload: unknown): Promise<Answer<unknown>>;
  subscribe(listener: Listener): Unsubscribe;
  /** Closes what is open. No call is answered afterwards. */
  close(): Promise<void>;
}
