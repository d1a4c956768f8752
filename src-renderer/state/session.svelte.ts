import type { BackendClient } from '../api/backend.ts';
import { backendError } from '../../src-main/contract/errors.ts';
import type {
  Answer,
  BackendError,
  BackendEvent,
  Design,
  DesignSource,
  DrawioRemark,
  ExampleSummary,
  FileQuestion,
  MenuCommand,
  ProjectState,
  RecentProject,
  Settings,
} from '../../src-main/contract/index.ts';
import { prepareScene } from '../geometry/prepare-scene.ts';
import { createBreaks } from './breaks.ts';
import { Preferences } from './preferences.svelte.ts';
import { Project } from './project.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { isToldByBanner } from './told-errors.ts';

/** What lies over the window; one at a time. */
export type WindowDialog =
  'search' | 'guide' | 'shortcuts' | 'intro' | 'save-version' | 'export' | 'remarks';

/** A question for a file that the page asks itself, since its host has no dialog for it. */
export interface OpenQuestion {
  readonly question: FileQuestion;
  readonly answer: (file: string | undefined) => void;
}

/** This window: the project that is open in it, and what it offers while none is. */
export class Session {
  readonly toasts = new Toasts(
    () => this.#shown,
    (error) => isToldByBanner(error, this.#banners),
  );
  readonly preferences = new Preferences(
    () => this.#settings,
    (values) => void this.keep(values),
  );
  readonly backend: BackendClient;
  /** What this window calls itself in calls, so that it knows its own changes. */
  readonly origin = crypto.randomUUID();
  #project = $state.raw<Project>();
  /** Read, and about to be shown. */
  #arriving: Project | undefined;
  #listed = $state(false);
  #examples = $state.raw<readonly ExampleSummary[]>([]);
  #recents = $state.raw<readonly RecentProject[]>([]);
  #settings = $state.raw<Settings>({});
  #connection = $state.raw<'connected' | 'silent' | 'restarted' | 'lost'>('connected');
  #failure = $state.raw<{ readonly name: string; readonly error: BackendError }>();
  #dialog = $state.raw<WindowDialog>();
  #question = $state.raw<OpenQuestion>();
  #remarks = $state.raw<readonly DrawioRemark[]>([]);
  #opening = $state.raw<string>();
  #ready = $state.raw(false);
  #command = $state.raw<{ readonly command: MenuCommand }>();
  readonly #shown = $derived.by(() => {
    const { project, revision } = this.#project?.state ?? {};
    return `${project ?? ''} ${revision ?? ''}`;
  });
  readonly #banners = $derived.by(() => ({
    lost: this.#connection === 'lost',
    file: this.#project && {
      access: this.#project.state.access,
      hasTrouble: this.#project.trouble !== undefined,
    },
  }));

  constructor(backend: BackendClient) {
    this.backend = backend;
    backend.subscribe((event) => this.#take(event));
  }

  get project(): Project | undefined {
    return this.#project;
  }
  /** Whether it is known what there is to begin with. */
  get listed(): boolean {
    return this.#listed;
  }
  get examples() {
    return this.#examples;
  }
  get recents() {
    return this.#recents;
  }
  get settings(): Settings {
    return this.#settings;
  }
  get connection() {
    return this.#connection;
  }
  /** What could not be opened while nothing else was open, and why. */
  get failure() {
    return this.#failure;
  }
  get dialog(): WindowDialog | undefined {
    return this.#dialog;
  }
  /** What the last import guessed, or did not take. */
  get remarks(): readonly DrawioRemark[] {
    return this.#remarks;
  }
  get question(): OpenQuestion | undefined {
    return this.#question;
  }
  /** The name of what is being opened. */
  get opening(): string | undefined {
    return this.#opening;
  }
  get ready(): boolean {
    return this.#ready;
  }
  /** The last command that the system's menu asked for. */
  get command() {
    return this.#command;
  }

  /** Reads what the window begins with, and opens what the program was started with. */
  async start(): Promise<void> {
    const [settings, started] = await Promise.all([
      this.backend.call('settings.read', {}),
      this.backend.call('app.start', {}),
    ]);
    if (settings.ok) this.#settings = settings.value.values;
    else this.toasts.fail(settings.error);
    this.preferences.takeLanguage();
    const lists = this.listStart();
    if (started.ok && started.value.open) {
      const { source, title } = started.value.open;
      await (source.kind === 'project'
        ? this.#show(source.project)
        : this.openDraft(source, title));
    }
    this.#ready = true;
    if (settings.ok) this.#introduce();
    await lists;
  }

  /** Who has never been here is told how it works, once; who comes with a design of theirs, the next time. */
  #introduce(): void {
    if (this.#project || this.preferences.introduced) return;
    this.#dialog = 'intro';
    this.preferences.setIntroduced();
  }

  show(dialog: WindowDialog | undefined): void {
    this.#dialog = dialog;
  }

  /** Asks for a file: by the system's own dialog where the host has one, else by ours. */
  chooseFile(question: FileQuestion): Promise<string | undefined> {
    if (this.backend.chooseFile) return this.backend.chooseFile(question);
    this.#question?.answer(undefined);
    return new Promise((resolve) => {
      this.#question = {
        question,
        answer: (file) => {
          this.#question = undefined;
          resolve(file);
        },
      };
    });
  }

  async listStart(): Promise<void> {
    const [examples, recents] = await Promise.all([
      this.backend.call('examples.list', {}),
      this.backend.call('recents.list', {}),
    ]);
    if (examples.ok) this.#examples = examples.value.examples;
    else this.toasts.fail(examples.error);
    if (recents.ok) this.#recents = recents.value.recents;
    this.#listed = true;
  }

  async readExample(name: string): Promise<Design | undefined> {
    const answer = await this.backend.call('examples.read', { name });
    return answer.ok ? answer.value.design : undefined;
  }

  /** Takes a project off the list of recent ones. */
  async forget(file: string): Promise<void> {
    this.#recents = this.#recents.filter((recent) => recent.file !== file);
    await this.backend.call('recents.forget', { file });
  }

  async keep(values: Settings): Promise<void> {
    this.#settings = { ...this.#settings, ...values };
    await this.backend.call('settings.write', { values });
  }

  /** Opens what lies on this machine: a project, or a design as text or a drawing as a project of its own. */
  async openPath(file: string): Promise<boolean> {
    if (!/\.(ya?ml|json|drawio)$/i.test(file)) return this.openFile(file);
    const read = await this.backend.call('files.readText', { file });
    if (!read.ok) return this.#refuse(file, read.error);
    return this.#openText(read.value.text, file);
  }

  /** A design as text, or a drawing of draw.io as the first draft of one: what was guessed of it is shown. */
  async #openText(text: string, file: string): Promise<boolean> {
    if (!/\.drawio$/i.test(file)) return this.openDraft({ kind: 'text', text }, file);
    const read = await this.backend.call('drawio.import', { text });
    if (!read.ok) return this.#refuse(file, read.error);
    const { design, remarks } = read.value;
    const opened = await this.openDraft({ kind: 'design', design }, file);
    if (opened && remarks.length > 0) {
      this.#remarks = remarks;
      this.show('remarks');
    }
    return opened;
  }

  openFile(file: string): Promise<boolean> {
    return this.#open(file, () => this.backend.call('project.open', { file }));
  }
  /** A new project in the folder for designs: a sample, a text form, or empty. */
  openDraft(source: DesignSource | undefined, name: string): Promise<boolean> {
    return this.#open(name, () =>
      this.backend.call('project.createDraft', source ? { source } : { name }),
    );
  }
  receive(fileName: string, base64: string): Promise<boolean> {
    return this.#open(fileName, () => this.backend.call('project.receive', { fileName, base64 }));
  }
  duplicate(): Promise<boolean> {
    const project = this.#project?.state.project;
    if (project === undefined) return Promise.resolve(false);
    return this.#open(project, () => this.backend.call('project.duplicate', { project }));
  }

  /** A file that was dropped on the window, or chosen in the browser: a project, or a design as text. */
  async openGiven(file: File): Promise<boolean> {
    const path = this.backend.pathOfFile?.(file);
    if (/\.hopscope$/i.test(file.name)) {
      if (path !== undefined) return this.openFile(path);
      return this.receive(file.name, base64Of(new Uint8Array(await file.arrayBuffer())));
    }
    if (file.size > largestTextBytes) {
      return this.#refuse(
        file.name,
        backendError('message-too-large', { limitBytes: largestTextBytes }),
      );
    }
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      return await this.#openText(text, file.name);
    } catch {
      const reason = 'it is not a text in UTF-8';
      return this.#refuse(file.name, backendError('text-unreadable', { reason }));
    }
  }

  async saveAs(file: string, overwrite = false): Promise<Answer<ProjectState>> {
    const project = this.#project;
    if (!project) throw new Error('no project is open');
    const input = { project: project.state.project, file, overwrite };
    const answer = await this.backend.call('project.saveAs', input);
    if (answer.ok) project.takeState(answer.value);
    return answer;
  }

  async close(): Promise<void> {
    const project = this.#project;
    this.#project = undefined;
    this.#failure = undefined;
    if (project) await this.backend.call('project.close', { project: project.state.project });
    await this.listStart();
  }

  async #open(name: string, ask: () => Promise<Answer<ProjectState>>): Promise<boolean> {
    this.#opening = name;
    this.#failure = undefined;
    const answer = await ask();
    const shown = answer.ok
      ? await this.#show(answer.value.project)
      : this.#refuse(name, answer.error);
    this.#opening = undefined;
    return shown;
  }

  /** Said in its place while nothing is open, else over the project that is. */
  #refuse(name: string, error: BackendError): false {
    if (this.#project) this.toasts.fail(error);
    else this.#failure = { name, error };
    return false;
  }

  async #show(handle: string): Promise<boolean> {
    const read = await this.backend.call('project.read', { project: handle });
    if (!read.ok) {
      this.toasts.fail(read.error);
      return false;
    }
    const next = new Project(this.backend, this.origin, read.value.state, read.value.design);
    // A large design is worked out while the window still shows, and does, what it did before.
    this.#arriving = next;
    await prepareScene(next.design, next.view.choice, createBreaks());
    if (this.#arriving !== next) {
      // Something else was opened meanwhile.
      if (!this.#held(handle)) {
        await this.backend.call('project.close', { project: handle });
      }
      return false;
    }
    this.#arriving = undefined;
    const old = this.#project;
    this.#project = next;
    if (old && old.state.project !== handle) {
      await this.backend.call('project.close', { project: old.state.project });
    }
    return true;
  }

  #held(handle: string): Project | undefined {
    return [this.#project, this.#arriving].find((one) => one?.state.project === handle);
  }

  #take({ event, payload }: BackendEvent): void {
    switch (event) {
      case 'project.changed':
        this.#held(payload.state.project)?.takeEvent(payload);
        break;
      case 'project.trouble':
        this.#held(payload.project)?.takeTrouble(payload);
        break;
      case 'project.recovered':
        this.#held(payload.project)?.takeTrouble(undefined);
        break;
      case 'run.progress':
        for (const project of [this.#project, this.#arriving]) {
          project?.takeProgress(payload.run, payload.done, payload.total);
        }
        break;
      case 'backend.restarted':
        void this.#comeBack();
        break;
      case 'backend.answers':
        // One that is gone, or comes back, says more by that.
        if (!payload.answers && this.#connection === 'connected') this.#connection = 'silent';
        if (payload.answers && this.#connection === 'silent') this.#connection = 'connected';
        break;
      case 'backend.lost':
        this.#connection = 'lost';
        break;
      case 'host.connection':
        if (payload.connected) void this.#comeBack();
        else this.#connection = 'lost';
        break;
      case 'host.open':
        void this.openPath(payload.file);
        break;
      case 'host.command':
        this.#command = { command: payload.command };
        break;
      default:
        event satisfies never;
    }
  }

  /** Asks whether the backend is there again. */
  async reconnect(): Promise<boolean> {
    const answer = await this.backend.call('app.start', {});
    if (answer.ok) await this.#comeBack();
    return answer.ok;
  }

  /** Ends a backend that does not answer; what it was asked for is asked of the next one. */
  async restart(): Promise<void> {
    const answer = await this.backend.call('backend.restart', {});
    if (!answer.ok) this.toasts.fail(answer.error);
  }

  /** The backend is another one now, or could not be heard: what is shown is read again. Every edit that was answered is in the file. */
  async #comeBack(): Promise<void> {
    this.#connection = 'restarted';
    const project = this.#project;
    if (project) {
      const answer = await project.reload(project.state.file);
      if (!answer.ok) this.toasts.fail(answer.error);
    }
    this.#connection = 'connected';
  }
}

/** Bytes; what the backend takes as a text form. */
const largestTextBytes = 64 * 1024 * 1024;

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}
