import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type {
  Answer,
  BackendError,
  Entity,
  EntityKind,
  Finding,
  Issue,
  ProjectChange,
} from '../../src-main/contract/index.ts';
import { collections, parseEntityRef } from '../../src-main/contract/vocabulary.ts';
import { errorWords } from '../i18n/error-words.ts';
import {
  parsePath,
  plainPath,
  startsWith,
  valueAt,
  withItem,
  withMoved,
  withValue,
  type Path,
} from './inspector-path.ts';
import { stepLabel } from './inspector-label.ts';
import type { Project } from './project.svelte.ts';

/** What stands against an edit, with its place told from the entity. */
export interface FieldIssue {
  readonly path: Path;
  readonly code: Issue['code'];
  readonly value?: string;
  readonly expected: string;
  /** The place as the design has it, where it is in another entity. */
  readonly elsewhere?: string;
  /** What the value became, by another window or step, while this was typed. */
  readonly meanwhile?: string;
}

/** What was typed and is not taken yet. It stays in its field until it is, or until it is given up. */
export interface Pending {
  readonly path: Path;
  readonly text: string;
  readonly value: unknown;
  readonly issues: readonly FieldIssue[];
}

const keyOf = (path: Path): string => path.join('/');

/** A row that is not complete yet: it joins its list as soon as the design takes it. */
export class RowDraft {
  readonly list: Path;
  readonly at: number;
  readonly touched = new SvelteMap<string, string>();
  value = $state.raw<unknown>();
  issues = $state.raw<readonly FieldIssue[]>([]);
  /** It is on its way into its list, and may be there already. */
  joining = $state(false);

  constructor(list: Path, at: number, value: unknown) {
    this.list = list;
    this.at = at;
    this.value = value;
  }
}

/** An entity in its form: the values as they are, and what was typed and waits to become valid. */
export class EntityEditor {
  readonly ref: string;
  readonly kind: EntityKind;
  readonly project: Project;
  /** Functions that the form shows though the entity has nothing of them yet. */
  readonly offered = new SvelteSet<string>();
  readonly #pending = new SvelteMap<string, Pending>();
  #drafts = $state.raw<readonly RowDraft[]>([]);
  #refusal = $state.raw<BackendError>();
  #last: Promise<unknown> = Promise.resolve();
  readonly #findings = $derived.by(() =>
    this.project.findings.filter(({ places }) =>
      places.some(({ entity }) => (entity as string) === this.ref),
    ),
  );

  constructor(project: Project, ref: string) {
    const kind = parseEntityRef(ref)?.kind;
    if (kind === undefined) throw new Error(`${ref} is no entity`);
    this.project = project;
    this.ref = ref;
    this.kind = kind;
  }

  get entity(): Entity | undefined {
    return this.project.entity(this.ref);
  }
  get root(): Part {
    return new Part(this, []);
  }
  get findings(): readonly Finding[] {
    return this.#findings;
  }
  get pending(): ReadonlyMap<string, Pending> {
    return this.#pending;
  }
  get drafts(): readonly RowDraft[] {
    return this.#drafts;
  }
  /** Why the last row could not be taken away, put in or moved. */
  get refusal(): BackendError | undefined {
    return this.#refusal;
  }
  forgetRefusal(): void {
    this.#refusal = undefined;
  }

  part(...path: Path): Part {
    return new Part(this, path);
  }

  /** Writes one value. Where the design refuses, the text waits in its field, and is tried again with the next edit. */
  set(path: Path, value: unknown, text: string): Promise<boolean> {
    return this.#inTurn(async (entity) => {
      const key = keyOf(path);
      this.#refusal = undefined;
      const next = withValue(entity, path, value);
      if (same(next, entity)) return this.#pending.delete(key) || true;
      const waiting = [...this.#pending].filter(([other, one]) => other !== key && !isHeld(one));
      if (waiting.length > 0) {
        const before = waiting.reduce<unknown>(
          (so, [, one]) => withValue(so, one.path, one.value),
          entity,
        );
        const all = withValue(before, path, value);
        if ((await this.#put(all, path, entity)).ok) {
          for (const [other] of waiting) this.#pending.delete(other);
          return this.#pending.delete(key) || true;
        }
      }
      const answer = await this.#put(next, path, entity);
      if (answer.ok) return this.#pending.delete(key) || true;
      this.#pending.set(key, { path, text, value, issues: this.#issuesOf(answer.error) });
      return false;
    }, false);
  }

  /** Keeps what was typed in its field, unwritten, since the value is another one by now: its user decides. */
  hold(path: Path, value: unknown, text: string, meanwhile: string): void {
    const place = plainPath(this.entity, path);
    const issue: FieldIssue = { path: place, code: 'inconsistent', expected: '', meanwhile };
    this.#pending.set(keyOf(path), { path, text, value, issues: [issue] });
  }

  /** Gives up what was typed. */
  discard(path: Path): void {
    this.#pending.delete(keyOf(path));
  }

  /** Puts a row into a list; one that the design does not take yet becomes a draft. */
  add(list: Path, at: number, value: unknown): Promise<RowDraft | undefined> {
    return this.#inTurn(async (entity) => {
      this.#refusal = undefined;
      const answer = await this.#put(withItem(entity, list, at, value), [...list, at]);
      if (answer.ok) return undefined;
      const draft = new RowDraft(list, at, value);
      this.#drafts = [...this.#drafts, draft];
      return draft;
    }, undefined);
  }

  setDraft(draft: RowDraft, path: Path, value: unknown, text: string): Promise<boolean> {
    return this.#inTurn(async (entity) => {
      draft.value = withValue(draft.value, path, value);
      draft.touched.set(keyOf(path), text);
      const next = withItem(entity, draft.list, draft.at, draft.value);
      draft.joining = true;
      const answer = await this.#put(next, [...draft.list, draft.at]);
      if (answer.ok) {
        this.drop(draft);
        return true;
      }
      draft.joining = false;
      const found = valueAt(entity, draft.list);
      const at = Math.min(draft.at, Array.isArray(found) ? found.length : 0);
      const row = [...plainPath(entity, draft.list), at];
      draft.issues = this.#issuesOf(answer.error).map((issue) =>
        startsWith(issue.path, row) ? { ...issue, path: issue.path.slice(row.length) } : issue,
      );
      return false;
    }, false);
  }

  drop(draft: RowDraft): void {
    this.#drafts = this.#drafts.filter((one) => one !== draft);
  }

  /** Takes a value or a row away, and with the last row its list, where the entity can be without. */
  remove(path: Path, withList = true): Promise<boolean> {
    return this.#structural(path, (entity) => {
      const less = withValue(entity, path, undefined);
      const list = path.slice(0, -1);
      const left = valueAt(less, list);
      return withList && list.length > 0 && Array.isArray(left) && left.length === 0
        ? withValue(less, list, undefined)
        : less;
    });
  }

  /** Moves a row of a list: to a place, or by so many places from where it is by then. Answers where it is after that. */
  async move(
    list: Path,
    row: string | number,
    to: number | { readonly by: number },
  ): Promise<number | undefined> {
    let place: number | undefined;
    const path = [...list, row];
    const moved = await this.#structural(path, (entity) => {
      const from = Number(plainPath(entity, path).at(-1));
      const { length } = (valueAt(entity, list) ?? []) as readonly unknown[];
      const wanted = typeof to === 'number' ? to : from + to.by;
      place = Math.max(0, Math.min(wanted, length - 1));
      return from === place || from < 0 ? entity : withMoved(entity, list, from, place);
    });
    return moved ? place : undefined;
  }

  /** Writes the entity as a whole: what the text view does. */
  replace(value: Entity): Promise<Answer<ProjectChange>> {
    return this.#next(async () => {
      const answer = await this.#put(value, []);
      if (answer.ok) {
        this.#pending.clear();
        this.#drafts = [];
      }
      return answer;
    });
  }

  /** Findings at a place, or beneath it. */
  findingsAt(path: Path): readonly Finding[] {
    if (this.#findings.length === 0) return [];
    const plain = plainPath(this.entity, path);
    return this.#findings.filter(({ places }) =>
      places.some(
        ({ entity, segments }) => (entity as string) === this.ref && startsWith(segments, plain),
      ),
    );
  }

  #structural(path: Path, edit: (entity: Entity) => unknown): Promise<boolean> {
    return this.#inTurn(async (entity) => {
      const next = edit(entity);
      if (next === entity) return true;
      const answer = await this.#put(next, path);
      this.#refusal = answer.ok ? undefined : answer.error;
      if (answer.ok && path.some((key) => typeof key === 'number')) this.#forgetBeneath(path);
      return answer.ok;
    }, false);
  }

  /** Places that are counted by position mean something else once a row has moved. */
  #forgetBeneath(path: Path): void {
    const list = path.slice(0, -1);
    for (const [key, one] of this.#pending) {
      if (startsWith(one.path, list) && typeof one.path[list.length] === 'number') {
        this.#pending.delete(key);
      }
    }
  }

  #put(value: unknown, path: Path, read = this.entity): Promise<Answer<ProjectChange>> {
    const label = stepLabel(this.ref, path, read);
    return this.project.put(label, this.ref, value as Entity, read);
  }

  /** One edit after the other, each upon what the one before has made; `gone` where another window took the entity away. */
  #inTurn<Value>(edit: (entity: Entity) => Promise<Value>, gone: Value): Promise<Value> {
    return this.#next(async () => (this.entity ? edit(this.entity) : gone));
  }

  #next<Value>(run: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(run, run);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #issuesOf(error: BackendError): readonly FieldIssue[] {
    const issues = 'issues' in error.detail ? (error.detail.issues ?? []) : [];
    if (issues.length === 0) {
      return [{ path: [], code: 'inconsistent', expected: errorWords(error).text, elsewhere: '' }];
    }
    const key = collections[this.kind];
    const at = (this.project.design[key] as readonly Entity[] | undefined)?.findIndex(
      ({ id }) => id === this.entity?.id,
    );
    return issues.map(({ path, segments, code, value, expected }) => {
      const here = startsWith(segments, [key, at ?? -1]);
      return {
        path: here ? segments.slice(2) : parsePath(path),
        code,
        expected,
        ...(value !== undefined && { value }),
        ...(!here && { elsewhere: path }),
      };
    });
  }
}

/** What a field is bound to: a value, what was typed for it and waits, and what stands against that. */
export interface FieldPart {
  readonly key: string;
  /** Its place as issues tell it. */
  readonly place: Path;
  readonly draft: RowDraft | undefined;
  readonly editable: boolean;
  readonly value: unknown;
  readonly waiting: string | undefined;
  readonly issues: readonly FieldIssue[];
  readonly findings: readonly Finding[];
  set(value: unknown, text?: string): Promise<boolean>;
  /** Keeps a text from being written over what the value became meanwhile. */
  hold?(value: unknown, text: string, meanwhile: string): void;
  discard(): void;
}

/** A place in an entity, or in a row that is not yet part of it. */
export class Part implements FieldPart {
  readonly editor: EntityEditor;
  readonly path: Path;
  readonly draft: RowDraft | undefined;

  constructor(editor: EntityEditor, path: Path, draft?: RowDraft) {
    this.editor = editor;
    this.path = path;
    this.draft = draft;
  }

  get key(): string {
    return keyOf(this.path);
  }
  /** Rows counted by position; of a draft, told from the draft. */
  get place(): Path {
    return this.draft ? this.path : plainPath(this.editor.entity, this.path);
  }
  get value(): unknown {
    return valueAt(this.draft ? this.draft.value : this.editor.entity, this.path);
  }
  /** Not where the entity is gone, which another window may have taken away while this one types. */
  get editable(): boolean {
    return this.editor.project.editable && this.editor.entity !== undefined;
  }
  /** The value that waits here to become valid, else the one that is there. */
  get wanted(): unknown {
    const pending = this.draft ? undefined : this.editor.pending.get(this.key);
    return pending ? pending.value : this.value;
  }
  /** What was typed here and is not taken. */
  get waiting(): string | undefined {
    if (!this.draft) return this.editor.pending.get(this.key)?.text;
    return this.issues.length > 0 ? this.draft.touched.get(this.key) : undefined;
  }
  /** What stands against what was typed here, or against another edit because of what is here. */
  get issues(): readonly FieldIssue[] {
    const { draft } = this;
    if (draft) {
      return draft.issues.filter(
        ({ path, code, elsewhere }) =>
          elsewhere === undefined &&
          (startsWith(path, this.path) || startsWith(this.path, path)) &&
          (this.path.length > 0 || path.length === 0) &&
          (draft.touched.has(this.key) || (code !== 'missing-key' && path.length > 0)),
      );
    }
    const { pending, entity } = this.editor;
    const own = pending.get(this.key);
    if (own) {
      // What is missing in it is said where it is to be filled in.
      const here = plainPath(entity, this.path);
      const said = own.issues.filter(
        ({ code, path }) =>
          code !== 'missing-key' || path.length <= here.length || !startsWith(path, here),
      );
      return said;
    }
    if (pending.size === 0 || this.path.length === 0) return [];
    const plain = plainPath(entity, this.path);
    return [...pending.values()].flatMap(({ issues }) =>
      issues.filter((issue) => issue.elsewhere === undefined && startsWith(issue.path, plain)),
    );
  }
  /** What stands against it and all that was typed in it, where its cells have no place to say so. */
  get issuesWithin(): readonly FieldIssue[] {
    const { draft } = this;
    if (!draft || this.path.length > 0) return this.issues;
    return draft.issues.filter(
      ({ path, elsewhere }) =>
        elsewhere === undefined &&
        (path.length === 0 ||
          path.some((_, at) => draft.touched.has(keyOf(path.slice(0, at + 1))))),
    );
  }
  get findings(): readonly Finding[] {
    // Those of the whole entity stand above its form.
    return this.draft || this.path.length === 0 ? [] : this.editor.findingsAt(this.path);
  }

  at(...path: Path): Part {
    return new Part(this.editor, [...this.path, ...path], this.draft);
  }

  set(value: unknown, text = String(value)): Promise<boolean> {
    const { draft, editor, path } = this;
    return draft ? editor.setDraft(draft, path, value, text) : editor.set(path, value, text);
  }

  hold(value: unknown, text: string, meanwhile: string): void {
    if (this.draft) void this.set(value, text);
    else this.editor.hold(this.path, value, text, meanwhile);
  }

  discard(): void {
    if (this.draft) this.draft.touched.delete(this.key);
    else this.editor.discard(this.path);
  }
}

const isHeld = ({ issues }: Pending): boolean =>
  issues.some(({ meanwhile }) => meanwhile !== undefined);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
