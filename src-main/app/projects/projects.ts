import {
  done,
  failed,
  type Answer,
  type ChangePlan,
  type Input,
  type Output,
  type ProjectChange,
  type ProjectState,
} from '../../contract/index.ts';
import type { Design } from '../../model/design.ts';
import { entityRef, type EntityRef } from '../../model/ids.ts';
import { formatVersion } from '../../model/schema/design.ts';
import { readyAgain, readyDesign, type OpenDesign } from '../designs/ready.ts';
import { freeAddresses, planChange } from '../editing/index.ts';
import type { Announcer } from '../events.ts';
import type { OpenBefore, Ports } from '../ports.ts';
import { designDifference, parseCommand, projectError } from '../project/index.ts';
import type { Changed, Edit, Outcome, ProjectFile } from '../project/index.ts';
import { createDrafts } from '../user/drafts.ts';
import type { Recents } from '../user/recents.ts';
import { compareDesigns } from './compare.ts';
import { formatEntities, parseEntityIn } from './entity-text.ts';
import { uponPresent } from './meanwhile.ts';
import { stateOf, type OpenProject } from './open-project.ts';
import { refused } from './refused.ts';
import { troubleOf } from './trouble.ts';
import { createWatch } from './watch.ts';

type Nothing = Record<string, never>;

/** The projects that are open, each under the handle that calls name it by. */
export interface Projects {
  create(file: string, design: Design): Answer<ProjectState>;
  createDraft(design: Design): Answer<ProjectState>;
  open(input: Input<'project.open'>): Answer<ProjectState>;
  receive(input: Input<'project.receive'>): Answer<ProjectState>;
  state(handle: string): Answer<ProjectState>;
  read(handle: string): Answer<Output<'project.read'>>;
  close(handle: string): Answer<Nothing>;
  closeAll(): void;
  /** The design of an open project, compiled once for each revision. */
  design(handle: string): Answer<OpenDesign>;
  apply(input: Input<'project.apply'>): Answer<ProjectChange>;
  plan(input: Input<'project.plan'>): Answer<ChangePlan>;
  change(input: Input<'project.change'>): Answer<Output<'project.change'>>;
  nextFree(input: Input<'project.nextFree'>): Answer<Output<'project.nextFree'>>;
  undo(input: Input<'project.undo'>): Answer<ProjectChange>;
  redo(input: Input<'project.redo'>): Answer<ProjectChange>;
  goTo(input: Input<'project.goTo'>): Answer<ProjectChange>;
  settle(input: Input<'project.settle'>): Answer<ProjectChange>;
  history(input: Input<'project.history'>): Answer<Output<'project.history'>>;
  saveCopy(input: Input<'project.saveCopy'>): Answer<Nothing>;
  saveAs(input: Input<'project.saveAs'>): Answer<ProjectState>;
  duplicate(handle: string): Answer<ProjectState>;
  listVersions(handle: string): Answer<Output<'project.versions.list'>>;
  saveVersion(handle: string, name: string): Answer<Output<'project.versions.save'>>;
  restoreVersion(input: Input<'project.versions.restore'>): Answer<ProjectChange>;
  compareVersions(
    input: Input<'project.versions.compare'>,
  ): Answer<Output<'project.versions.compare'>>;
  deleteVersion(handle: string, name: string): Answer<Nothing>;
  formatEntities(input: Input<'entity.format'>): Answer<Output<'entity.format'>>;
  parseEntity(input: Input<'entity.parse'>): Answer<Output<'entity.parse'>>;
}

export const emptyDesign = (name: string): Design => ({ hopscope: formatVersion, name });

export function createProjects(ports: Ports, recents: Recents, announcer: Announcer): Projects {
  const { projects: store, files, clock } = ports;
  const drafts = createDrafts(ports.userData);
  const open = new Map<string, OpenProject>();
  const watch = store && createWatch({ ports, store, announcer, open, goOnWith });
  // A page that was left behind by another backend must not reach somebody else's project by the name that it knows.
  const began = clock.now().toString(36);
  let handles = 0;

  const remember = ({ file, open }: OpenProject) =>
    recents.add({ file: file.path, title: open.design.name, openedMs: clock.now() });

  function take(outcome: Outcome<ProjectFile>): Answer<ProjectState> {
    if (!outcome.ok) return refused(outcome.error);
    const project = hold(`project-${began}-${++handles}`, outcome.value);
    remember(project);
    return done(stateOf(project));
  }

  function hold(handle: string, file: ProjectFile, revision = 0, users = 1): OpenProject {
    const project: OpenProject = {
      handle,
      file,
      revision,
      open: readyDesign(file.design()),
      users,
      isDraft: drafts.has(file.path),
      trouble: undefined,
      stamp: '',
      restUntilMs: 0,
      rescue: undefined,
    };
    open.set(handle, project);
    watch?.begin();
    return project;
  }

  /** What came of the edits that were on their way when the other backend ended was told to nobody: a new revision. */
  function takeOver({ project, file, readOnly, revision, users }: OpenBefore): void {
    const opened = store?.open(file, { readOnly });
    if (opened?.ok) hold(project, opened.value, revision + 1, users);
  }
  for (const before of ports.openBefore ?? []) takeOver(before);

  function withProject<Value>(
    handle: string,
    use: (project: OpenProject) => Answer<Value>,
  ): Answer<Value> {
    const project = open.get(handle);
    return project ? use(project) : failed('project-not-open', { project: handle });
  }

  /** Takes up what was done to a project and tells everybody. */
  function advance(
    project: OpenProject,
    { design, entities, edits }: Changed,
    origin: string | undefined,
  ): ProjectChange {
    project.revision++;
    project.open = readyAgain(project.open, design, edits);
    const state = stateOf(project);
    const payload = { state, edits, ...(origin === undefined ? {} : { origin }) };
    announcer.tell({ event: 'project.changed', payload });
    return { ...state, changed: entities, edits };
  }

  /** Writes to the file. Where that fails by the file's fault, it is looked at, and told; a file that is back is used. */
  function write<Value>(
    project: OpenProject,
    work: (file: ProjectFile) => Outcome<Value>,
  ): Outcome<Value> {
    const outcome = work(project.file);
    if (outcome.ok) {
      if (project.trouble !== undefined) watch?.over(project);
      return outcome;
    }
    if (troubleOf(outcome.error.code) === undefined || !watch?.look(project)) return outcome;
    const again = work(project.file);
    const trouble = again.ok ? undefined : troubleOf(again.error.code);
    if (trouble !== undefined) watch.say(project, trouble);
    return again;
  }

  function edit(
    project: OpenProject,
    work: (file: ProjectFile) => Outcome<Changed>,
    origin: string | undefined,
  ): Answer<ProjectChange> {
    const outcome = write(project, work);
    if (!outcome.ok) return refused(outcome.error);
    return done(advance(project, outcome.value, origin));
  }

  const change = (
    { project, origin }: { readonly project: string; readonly origin?: string },
    work: (file: ProjectFile) => Outcome<Changed>,
  ) => withProject(project, (opened) => edit(opened, work, origin));

  const ask = <From, To>(
    handle: string,
    question: (file: ProjectFile) => Outcome<From>,
    answer: (value: From) => To,
  ) =>
    withProject(handle, ({ file }) => {
      const outcome = question(file);
      return outcome.ok ? done(answer(outcome.value)) : refused(outcome.error);
    });
  const keep = <From, To>(
    handle: string,
    work: (file: ProjectFile) => Outcome<From>,
    answer: (value: From) => To,
  ) =>
    withProject(handle, (project) => {
      const outcome = write(project, work);
      return outcome.ok ? done(answer(outcome.value)) : refused(outcome.error);
    });
  const nothing = () => ({});

  /** Goes on with another file object: what it holds becomes the next revision. */
  function goOnWith(project: OpenProject, file: ProjectFile): ProjectChange {
    const before = project.open.design;
    project.file = file;
    project.isDraft = drafts.has(file.path);
    const design = file.design();
    const edits = designDifference(before, design);
    return advance(project, { design, entities: refsOf(edits), edits }, undefined);
  }

  /** Closes for good. A draft that nobody did anything to is not kept. */
  function end(project: OpenProject): Answer<Nothing> {
    open.delete(project.handle);
    const { file, isDraft } = project;
    const { path } = file;
    const { design } = project.open;
    const isUntouched = isDraft && file.isAttached && hasNoPast(file);
    const outcome = file.close();
    if (project.rescue !== undefined) {
      recents.add({ file: project.rescue, title: design.name, openedMs: clock.now() });
    }
    if (isUntouched) {
      files?.remove(path);
      drafts.delete(path);
      recents.forget(path);
    } else recents.retitle(path, design.name);
    return outcome.ok ? done({}) : refused(outcome.error);
  }

  /** Ends a trouble with the file: by what it holds now, or by what we hold. */
  function settle(project: OpenProject, whose: 'theirs' | 'ours'): Answer<ProjectChange> {
    const { file } = project;
    if (!store) return failed('projects-unavailable', {});
    if (file.isAttached || watch?.look(project)) {
      return done({ ...stateOf(project), changed: [], edits: [] });
    }
    if (whose === 'ours') {
      if (file.access !== 'edit') return refused(projectError('read-only', { file: file.path }));
      const written = file.saveCopy(file.path, { overwrite: true });
      if (!written.ok) return refused(written.error);
    }
    const next = store.open(file.path, { readOnly: file.access === 'read-only-asked' });
    if (!next.ok) return refused(next.error);
    file.close();
    project.file = next.value;
    watch?.over(project);
    return done(goOnWith(project, next.value));
  }

  const planFor = (
    { open: { design } }: OpenProject,
    wanted: Input<'project.plan'>['change'],
  ): Answer<ChangePlan> => {
    const planned = planChange(design, wanted);
    if (planned.ok) return done(planned.plan);
    return refused(projectError('invalid-command', { issues: planned.issues, omitted: 0 }));
  };

  return {
    create: (file, design) =>
      store ? take(store.create(file, design)) : failed('projects-unavailable', {}),
    createDraft(design) {
      if (!store || !files) return failed('projects-unavailable', {});
      const made = store.create(files.freeDesignPath(design.name), design);
      if (made.ok) drafts.add(made.value.path);
      return take(made);
    },
    open({ file, ...options }) {
      if (!store) return failed('projects-unavailable', {});
      const opened = store.open(file, options);
      const path = opened.ok ? opened.value.path : alreadyOpen(opened);
      const known = [...open.values()].find(
        (project) =>
          project.file.path === path && (!opened.ok || project.file.access === opened.value.access),
      );
      if (!known) return take(opened);
      if (opened.ok) opened.value.close();
      known.users++;
      remember(known);
      return done(stateOf(known));
    },
    receive({ fileName, base64 }) {
      if (!store || !files) return failed('projects-unavailable', {});
      const title = fileName.replace(/^.*[\\/]/, '').replace(/\.hopscope$/i, '');
      return take(store.receive(files.freeDesignPath(title), base64));
    },
    state: (handle) => withProject(handle, (project) => done(stateOf(project))),
    read: (handle) =>
      withProject(handle, (project) =>
        done({ state: stateOf(project), design: project.open.design }),
      ),
    close: (handle) =>
      withProject(handle, (project) => {
        project.users--;
        return project.users > 0 ? done({}) : end(project);
      }),
    closeAll() {
      for (const project of [...open.values()]) end(project);
      watch?.end();
    },
    design: (handle) => withProject(handle, (project) => done(project.open)),
    apply: ({ project, command, read = {}, origin }) =>
      withProject(project, (opened) => {
        const parsed = parseCommand(command);
        if (!parsed.ok) {
          const { issues, omitted } = parsed;
          return refused(projectError('invalid-command', { issues, omitted }));
        }
        const present = uponPresent(opened.open.design, parsed.value, read);
        if ('conflict' in present) return failed('changed-meanwhile', present.conflict);
        return edit(opened, (file) => file.apply(present.command), origin);
      }),
    plan: ({ project, change: wanted }) =>
      withProject(project, (opened) => planFor(opened, wanted)),
    change: ({ project, change: wanted, origin }) =>
      withProject(project, (opened) => {
        const planned = planFor(opened, wanted);
        if (!planned.ok) return planned;
        const { edits, ...plan } = planned.value;
        if (edits.length === 0) {
          return done({ ...stateOf(opened), changed: [], edits: [], ...plan });
        }
        const command = {
          kind: 'compound',
          label: plan.label,
          edits: edits as readonly Edit[],
        } as const;
        const changed = edit(opened, (file) => file.apply(command), origin);
        return changed.ok ? done({ ...changed.value, ...plan }) : changed;
      }),
    nextFree: ({ project, segment, address }) =>
      withProject(project, ({ open: { design } }) => done(freeAddresses(design, segment, address))),
    undo: (of) => change(of, (file) => file.undo()),
    redo: (of) => change(of, (file) => file.redo()),
    goTo: ({ sequence, ...of }) => change(of, (file) => file.goTo(sequence)),
    settle: ({ project, keep }) => withProject(project, (opened) => settle(opened, keep)),
    history: ({ project, ...options }) =>
      ask(
        project,
        (file) => file.history(options),
        (steps) => ({ steps }),
      ),
    saveCopy: ({ project, file: path, ...options }) =>
      ask(project, (file) => file.saveCopy(path, options), nothing),
    saveAs: ({ project, file: path, ...options }) =>
      withProject(project, (opened) => {
        if (!store) return failed('projects-unavailable', {});
        const old = opened.file;
        if (path === old.path && old.isAttached) {
          // The place that it has is the one that is wanted.
          drafts.delete(path);
          opened.isDraft = false;
          return done(stateOf(opened));
        }
        const saved = old.saveCopy(path, options);
        if (!saved.ok) return refused(saved.error);
        const next = store.open(path);
        if (!next.ok) return refused(next.error);
        old.close();
        if (opened.isDraft) {
          files?.remove(old.path);
          drafts.delete(old.path);
          recents.forget(old.path);
        }
        opened.file = next.value;
        watch?.over(opened);
        goOnWith(opened, next.value);
        remember(opened);
        return done(stateOf(opened));
      }),
    duplicate: (handle) =>
      withProject(handle, ({ file }) => {
        if (!store || !files) return failed('projects-unavailable', {});
        const path = files.freeCopyPath(file.path);
        const saved = file.saveCopy(path);
        return saved.ok ? take(store.open(path)) : refused(saved.error);
      }),
    listVersions: (handle) =>
      ask(
        handle,
        (file) => file.versions.list(),
        (versions) => ({ versions }),
      ),
    saveVersion: (handle, name) =>
      keep(
        handle,
        (file) => file.versions.create(name),
        (version) => ({ version }),
      ),
    restoreVersion: ({ name, ...of }) => change(of, (file) => file.versions.restore(name)),
    compareVersions: ({ project, from, to }) =>
      ask(
        project,
        (file) => {
          const older = file.versions.read(from);
          if (!older.ok || to === undefined) {
            return older.ok ? { ok: true, value: [older.value, file.design()] as const } : older;
          }
          const newer = file.versions.read(to);
          return newer.ok ? { ok: true, value: [older.value, newer.value] as const } : newer;
        },
        ([older, newer]) => compareDesigns(older, newer),
      ),
    deleteVersion: (handle, name) => keep(handle, (file) => file.versions.delete(name), nothing),
    formatEntities: ({ project, refs }) =>
      withProject(project, ({ open: { design } }) => formatEntities(design, refs)),
    parseEntity: ({ project, ref, text }) =>
      withProject(project, ({ open: { design } }) => parseEntityIn(design, ref, text)),
  };
}

/** The path of a file that is open in this program already. */
const alreadyOpen = ({ error }: Extract<Outcome<ProjectFile>, { ok: false }>) =>
  error.code === 'already-open' ? error.details.file : undefined;

/** Nothing was ever done in it, undone or kept as a version. */
function hasNoPast(file: ProjectFile): boolean {
  const [steps, versions] = [file.history({ last: 1 }), file.versions.list()];
  return steps.ok && steps.value.length === 0 && versions.ok && versions.value.length === 0;
}

const refsOf = (edits: readonly Edit[]): readonly EntityRef[] => [
  ...new Set(
    edits.flatMap((edit) => {
      if (edit.kind === 'head') return [];
      return [entityRef(edit.entity, edit.kind === 'put' ? edit.value.id : edit.id)];
    }),
  ),
];
