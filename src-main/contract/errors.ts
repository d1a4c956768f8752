import type { DesignIssue } from '../model/issue.ts';
import { counted } from '../sim/vocabulary/counted.ts';
import type { ProjectRefusal } from './project-errors.ts';

/** One thing wrong with a document; with its place in the text where the document was one. */
export interface Issue extends DesignIssue {
  /** Line and column in the text, from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** What each error knows besides its sentence. One line a member. */
export interface ErrorDetails {
  /** No call has this name. */
  'unknown-method': { readonly method: string };
  /** The call's own arguments are not what the contract says. */
  'bad-input': { readonly method: string; readonly issues: readonly Issue[] };
  /** No sample has this name. */
  'example-unknown': { readonly name: string; readonly known: readonly string[] };
  /** A text is not YAML or JSON, or goes beyond a limit. */
  'text-unreadable': {
    readonly reason: string;
    readonly line?: number;
    readonly column?: number;
    /** All that was found, where there is more to say than the reason. */
    readonly issues?: readonly Issue[];
  };
  /** A document is not a design. */
  'design-invalid': { readonly issues: readonly Issue[]; readonly omitted: number };
  /** Kubernetes manifests cannot be read, or say what cannot be. Lines from 1. */
  'manifests-invalid': {
    readonly faults: readonly {
      readonly file: string;
      readonly line: number;
      readonly text: string;
    }[];
  };
  /** Files that say what is to be fetched cannot be read, or do not say what they are. Lines from 1. */
  'inventory-invalid': {
    readonly faults: readonly {
      readonly file: string;
      readonly line: number;
      readonly text: string;
    }[];
  };
  /** Neither a role of cluster nodes nor a node of the design. */
  'role-unknown': { readonly role: string; readonly known: readonly string[] };
  /** A text is not what iptables-save writes, or makes no design. Lines from 1. */
  'rules-invalid': { readonly faults: readonly { readonly line: number; readonly text: string }[] };
  /** The design has no node with this id that filters and translates. */
  'node-unknown': { readonly node: string; readonly known: readonly string[] };
  /** The design has no flow with this id. */
  'flow-unknown': { readonly flow: string; readonly known: readonly string[] };
  /** The design has no cluster with this id. */
  'cluster-unknown': { readonly cluster: string; readonly known: readonly string[] };
  /** A flow that the design does not hold speaks of things that the design does not have. */
  'flow-invalid': { readonly issues: readonly Issue[] };
  /** The flow has fewer paths than the one asked for. */
  'path-unknown': { readonly flow: string; readonly path: number; readonly paths: number };
  /** The design has no intent with this id. */
  'intent-unknown': { readonly intent: string; readonly known: readonly string[] };
  /** The design has no install scenario with this id. */
  'scenario-unknown': { readonly scenario: string; readonly known: readonly string[] };
  /** Several install scenarios, or none, and none was named. */
  'scenario-unnamed': { readonly known: readonly string[] };
  /** In this mode nothing is carried: what is needed is fetched. */
  'bundle-none': { readonly scenario: string; readonly mode: 'connected' | 'proxy' };
  /** A scenario that cannot be asked about: its product is not in the catalogue, or the design has no such cluster. */
  'scenario-unfit': { readonly scenario: string; readonly reason: string };
  /** A file is no drawing of draw.io. */
  'drawing-invalid': { readonly reasons: readonly string[] };
  /** A picture was asked for of what does not show. */
  'picture-empty': { readonly what: string };
  /** The files that say what products need cannot be read. */
  'catalogue-invalid': { readonly issues: readonly Issue[] };
  /** One verification would take more simulations than are run in one call. */
  'too-many-checks': { readonly intent: string; readonly checks: number; readonly limit: number };
  /** This host has no place for project files. */
  'projects-unavailable': Record<string, never>;
  /** No project is open under this handle. */
  'project-not-open': { readonly project: string };
  /** The project or its file refuses; `reason` is the store's own code for it. */
  'project-refused': ProjectRefusal & {
    readonly sentence: string;
    readonly hint?: string;
    readonly file?: string;
    readonly issues?: readonly Issue[];
    readonly omitted?: number;
  };
  /** Another window, or the file, has changed the same key since it was read, or taken the entity away. */
  'changed-meanwhile': { readonly ref: string; readonly key?: string };
  /** The design has no entity of this reference. */
  'entity-unknown': { readonly ref: string };
  /** The run was ended before it was complete. */
  stopped: { readonly run: string };
  /** A folder that cannot be listed. */
  'folder-unreadable': { readonly folder: string; readonly reason: string };
  /** What the program keeps for its user could not be written. */
  'not-kept': { readonly what: string; readonly reason: string };
  /** The host does not take messages from there. */
  'not-allowed': { readonly reason: string };
  /** No PDF came of a report. */
  'not-printed': { readonly reason: string };
  /** What has changed since a version, asked of a design that is no project. */
  'no-versions': Record<string, never>;
  /** A message that is none: no JSON, or of another kind. */
  'message-malformed': { readonly reason: string };
  'message-too-large': { readonly limitBytes: number };
  /** The program behind the page does not answer. */
  'backend-unreachable': { readonly reason: string };
  /** It ended while it worked on the call, and was started again; an edit is told of so only where it may be lost. */
  'backend-restarted': { readonly reason: string };
  /** A defect of this program. */
  internal: { readonly message: string };
}

export type ErrorCode = keyof ErrorDetails;

/** An expected failure: a stable code, what happened as a sentence, and where possible what to do and where. */
export type BackendError = {
  [Code in ErrorCode]: {
    readonly code: Code;
    readonly text: string;
    readonly hint?: string;
    /** The key, file or place that it is about. */
    readonly path?: string;
    readonly detail: ErrorDetails[Code];
  };
}[ErrorCode];

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: BackendError };

export interface ErrorWording {
  readonly text: string;
  readonly hint?: string;
  readonly path?: string;
}

/** The sentences of one language. A code that it lacks is a type error. */
export type ErrorWordings = {
  readonly [Code in ErrorCode]: (detail: ErrorDetails[Code]) => ErrorWording;
};

const listText = (items: readonly string[]): string =>
  items.length === 0 ? 'none' : items.slice(0, 20).join(', ') + (items.length > 20 ? ', …' : '');

const wordings: ErrorWordings = {
  'unknown-method': ({ method }) => ({ text: `There is no call named ${JSON.stringify(method)}` }),
  'bad-input': ({ method, issues }) => ({
    text: `The arguments of ${method} are not right: ${listText(issues.map(inputSentence))}`,
    ...pathOf(issues),
  }),
  'example-unknown': ({ name, known }) => ({
    text: `There is no sample named ${JSON.stringify(name)}`,
    hint: `The samples are: ${listText(known)}`,
  }),
  'text-unreadable': ({ reason, line, column }) => ({
    text: `The text cannot be read: ${reason}`,
    ...(line === undefined ? {} : { path: `line ${line}, column ${column ?? 1}` }),
  }),
  'design-invalid': ({ issues, omitted }) => ({
    text: `The design has ${counted(issues.length + omitted, 'error')}`,
    ...pathOf(issues),
  }),
  'manifests-invalid': ({ faults }) => ({
    text: `The manifests have ${counted(faults.length, 'error')}`,
  }),
  'inventory-invalid': ({ faults }) => ({
    text: `What is to be fetched cannot be read: ${counted(faults.length, 'error')}`,
  }),
  'role-unknown': ({ role, known }) => ({
    text: `There is no role of cluster nodes, and no node, ${JSON.stringify(role)}`,
    hint: `The roles are: ${listText(known)}`,
  }),
  'rules-invalid': ({ faults: [first, ...more] }) => ({
    text: `The rules have ${counted(more.length + 1, 'error')}`,
    ...(first ? { path: `line ${first.line}`, hint: first.text } : {}),
  }),
  'node-unknown': ({ node, known }) => ({
    text: `The design has no host, router or edge gateway ${JSON.stringify(node)}`,
    hint: `It has: ${listText(known)}`,
  }),
  'flow-unknown': ({ flow, known }) => ({
    text: `The design has no flow ${JSON.stringify(flow)}`,
    hint: `Its flows are: ${listText(known)}`,
  }),
  'cluster-unknown': ({ cluster, known }) => ({
    text: `The design has no cluster ${JSON.stringify(cluster)}`,
    hint: known.length === 0 ? 'It has no cluster at all' : `Its clusters are: ${listText(known)}`,
  }),
  'flow-invalid': ({ issues }) => ({
    text: `The flow does not fit the design: ${listText(issues.map(inputSentence))}`,
    ...pathOf(issues),
  }),
  'path-unknown': ({ flow, path, paths }) => ({
    text: `Flow ${flow} has ${counted(paths, 'path')}; there is no path ${path}`,
    hint: paths === 0 ? 'It has no packets to write' : `Choose a path from 0 to ${paths - 1}`,
  }),
  'intent-unknown': ({ intent, known }) => ({
    text: `The design has no intent ${JSON.stringify(intent)}`,
    hint: `Its intents are: ${listText(known)}`,
  }),
  'scenario-unknown': ({ scenario, known }) => ({
    text: `The design has no install scenario ${JSON.stringify(scenario)}`,
    hint: known.length === 0 ? 'It has none at all' : `Its scenarios are: ${listText(known)}`,
  }),
  'scenario-unnamed': ({ known }) => ({
    text:
      known.length === 0
        ? 'The design has no install scenario'
        : `The design has ${known.length} install scenarios, and none was named`,
    hint: known.length === 0 ? 'Add one first' : `Name one of: ${listText(known)}`,
  }),
  'bundle-none': ({ scenario, mode }) => ({
    text: `Install scenario ${scenario} is ${mode === 'proxy' ? 'by a proxy' : 'connected'}: no bundle is carried`,
    hint: 'Choose an air-gapped scenario, or ask for this one in mode air-gapped',
    path: `installScenarios ${scenario}`,
  }),
  'scenario-unfit': ({ scenario, reason }) => ({
    text: `Install scenario ${scenario} cannot be evaluated: ${reason}`,
    path: `installScenarios ${scenario}`,
  }),
  'drawing-invalid': ({ reasons }) => ({
    text: `The drawing cannot be read: ${reasons.slice(0, 10).join('; ')}`,
  }),
  'picture-empty': ({ what }) => ({ text: `There is nothing to draw: ${what}` }),
  'catalogue-invalid': ({ issues }) => ({
    text: `The catalogue of products has ${counted(issues.length, 'error')}: ${listText(issues.map(inputSentence))}`,
    ...pathOf(issues),
  }),
  'too-many-checks': ({ intent, checks, limit }) => ({
    text: `Intent ${intent} needs ${checks} simulations; one verification runs at most ${limit}`,
    hint: 'Make its groups smaller, or split the intent',
    path: `intents ${intent}`,
  }),
  'projects-unavailable': () => ({ text: 'Project files cannot be used here' }),
  'project-not-open': ({ project }) => ({
    text: `No project is open as ${JSON.stringify(project)}`,
    hint: 'Open the project file first',
  }),
  'project-refused': ({ sentence, hint, file }) => ({
    text: sentence,
    ...(hint === undefined ? {} : { hint }),
    ...(file === undefined ? {} : { path: file }),
  }),
  'changed-meanwhile': ({ ref, key }) => ({
    text:
      key === undefined
        ? `Another window, or the file, has taken ${ref} away meanwhile`
        : `Another window, or the file, has changed ${key} of ${ref} meanwhile`,
    hint: 'See what it is now, and make the change again',
    path: key === undefined ? ref : `${ref} ${key}`,
  }),
  'entity-unknown': ({ ref }) => ({
    text: `The design has nothing of the name ${JSON.stringify(ref)}`,
    path: ref,
  }),
  stopped: () => ({ text: 'The run was stopped' }),
  'folder-unreadable': ({ folder, reason }) => ({
    text: `The folder ${folder} cannot be listed: ${reason}`,
    path: folder,
  }),
  'not-kept': ({ what, reason }) => ({ text: `The ${what} could not be kept: ${reason}` }),
  'not-printed': ({ reason }) => ({
    text: `There is no PDF: ${reason}`,
    hint: 'A .html report prints from any browser',
  }),
  'no-versions': () => ({
    text: 'Only a project has versions to compare with',
    hint: 'A text design becomes one by hopscope import',
  }),
  'not-allowed': ({ reason }) => ({
    text: `The request was refused: ${reason}`,
    hint: 'Open the address that Hopscope printed when it started',
  }),
  'message-malformed': ({ reason }) => ({ text: `The message cannot be read: ${reason}` }),
  'message-too-large': ({ limitBytes }) => ({
    text: `The message is larger than ${limitBytes} bytes`,
  }),
  'backend-unreachable': ({ reason }) => ({
    text: `Hopscope does not answer: ${reason}`,
    hint: 'Start it again and open the address that it prints',
  }),
  'backend-restarted': ({ reason }) => ({
    text: `Hopscope's engine stopped and was started again: ${reason}`,
    hint: 'Every change that was shown as made is in its file; see whether this one is, and make it again if not',
  }),
  internal: ({ message }) => ({
    text: `Hopscope made a mistake: ${message}`,
    hint: 'This is a defect of the program; the design itself was not changed',
  }),
};

function inputSentence({ path, value, expected, code }: Issue): string {
  const place = path === '' ? 'the whole' : path;
  if (code === 'missing-key') return `${place} is missing, expected ${expected}`;
  return `${place}${value === undefined ? '' : ` is ${value}`}, expected ${expected}`;
}

function pathOf(issues: readonly Issue[]): { path?: string } {
  const [first] = issues;
  return first === undefined || first.path === '' ? {} : { path: first.path };
}

export function backendError<Code extends ErrorCode>(
  code: Code,
  detail: ErrorDetails[Code],
): Extract<BackendError, { code: Code }> {
  const wording: ErrorWording = wordings[code](detail);
  return { code, ...wording, detail } as Extract<BackendError, { code: Code }>;
}

export const errorCodes = Object.keys(wordings) as readonly ErrorCode[];

export function failed<Code extends ErrorCode>(
  code: Code,
  detail: ErrorDetails[Code],
): { readonly ok: false; readonly error: BackendError } {
  return { ok: false, error: backendError(code, detail) };
}

export function done<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}
