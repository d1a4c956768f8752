import type { z } from 'zod';
import type { Finding } from '../checks/finding.ts';
import type { Design, Flow, Intent } from '../model/design.ts';
import type { EntityRef } from '../model/ids.ts';
import type { Disposition, FlowStatus, Result, Warning } from '../sim/vocabulary/index.ts';
import type { Answer } from './errors.ts';
import type { inputs } from './inputs.ts';

export type Method = keyof typeof inputs;
export type Input<Name extends Method> = z.input<(typeof inputs)[Name]>;
export type DesignSource = Input<'design.read'>['source'];

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
}

/** The state after an edit, and the entities that it wrote, removed or moved. */
export interface ProjectChange extends ProjectState {
  readonly changed: readonly EntityRef[];
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
}

/** What each call answers when it succeeds. */
export interface Outputs {
  /** The design that the program was started with, where it was. */
  'app.start': { readonly open?: Opening };

  'examples.list': { readonly examples: readonly ExampleSummary[] };
  'examples.read': { readonly name: string; readonly text: string; readonly design: Design };

  'design.read': { readonly design: Design };
  'design.parse': { readonly design: Design };
  'design.format': { readonly text: string };
  'design.lint': { readonly findings: readonly Finding[] };

  'flow.simulate': { readonly flow: Flow; readonly result: Result };
  'flows.simulateAll': { readonly flows: readonly FlowSummary[] };
  'intents.verify': { readonly holds: boolean; readonly intents: readonly IntentVerdict[] };
  /** A pcapng file. */
  'trace.pcap': { readonly fileName: string; readonly bytes: Uint8Array };

  'project.create': ProjectState;
  'project.open': ProjectState;
  'project.close': Record<string, never>;
  'project.saveCopy': Record<string, never>;
  'project.apply': ProjectChange;
  'project.undo': ProjectChange;
  'project.redo': ProjectChange;
  /** The oldest first. */
  'project.history': { readonly steps: readonly ProjectStep[] };
  /** The oldest first. */
  'project.versions.list': { readonly versions: readonly ProjectVersion[] };
  'project.versions.save': { readonly version: ProjectVersion };
  'project.versions.restore': ProjectChange;
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
  /** Closes what is open. No call is answered afterwards. */
  close(): Promise<void>;
}
