import { strToU8, zipSync } from 'fflate';
import type { Answer, Input, Output } from '../../../src-main/contract/index.ts';
import type { InstallScenario, ReportDocument } from '../../../src-main/contract/vocabulary.ts';
import type { BackendError } from '../../../src-main/contract/index.ts';
import type { LanguageCode } from '../../i18n/language.svelte.ts';
import type { InstallMode } from '../../state/installs.svelte.ts';
import type { Project } from '../../state/project.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { saveFile } from '../trace/save-file.ts';
import {
  fileNameOf,
  type Format,
  type InstallFormat,
  type PictureFormat,
  type ReportFormat,
  type ToolFormat,
} from './formats.ts';

export type PictureOf = 'whole' | 'selection' | 'flow';
type View = NonNullable<Input<'design.picture'>['view']>;
type LeftOut = Output<'design.export'>['leftOut'];

/** What is asked for in the dialog, and what came of it. */
export class Exporter {
  format = $state<Format>('html');
  title = $state('');
  version = $state('');
  date = $state('');
  author = $state('');
  language = $state<LanguageCode>('en');
  since = $state('');
  view = $state<View>('all');
  of = $state<PictureOf>('whole');
  dark = $state(false);
  scale = $state(2);
  #scenario = $state<string>();
  #mode = $state<InstallMode>();
  #busy = $state(false);
  #error = $state.raw<BackendError>();
  #saved = $state.raw<string>();
  #leftOut = $state.raw<LeftOut>();
  #preview = $state.raw<ReportDocument>();
  readonly #session: Session;
  readonly #project: Project;

  constructor(session: Session, project: Project) {
    this.#session = session;
    this.#project = project;
  }

  get busy(): boolean {
    return this.#busy;
  }
  get error(): BackendError | undefined {
    return this.#error;
  }
  /** The name of the file that was saved last. */
  get saved(): string | undefined {
    return this.#saved;
  }
  /** What that file does not hold. */
  get leftOut(): LeftOut | undefined {
    return this.#leftOut;
  }
  get preview(): ReportDocument | undefined {
    return this.#preview;
  }

  get scenarios(): readonly InstallScenario[] {
    return this.#project.design.installScenarios ?? [];
  }
  /** The one that was chosen here, else the one that the tab shows. */
  get scenario(): InstallScenario | undefined {
    const chosen = this.scenarios.find(({ id }) => id === this.#scenario);
    return chosen ?? this.#project.installs.scenario;
  }
  get mode(): InstallMode {
    return this.#mode ?? this.scenario?.mode ?? 'connected';
  }
  chooseScenario(id: string): void {
    this.#scenario = id;
    this.#mode = undefined;
    this.forget();
  }
  chooseMode(mode: InstallMode): void {
    this.#mode = mode;
    this.forget();
  }

  choose(format: Format): void {
    this.format = format;
    this.forget();
  }
  /** What was said of the last answer. */
  forget(): void {
    this.#error = undefined;
    this.#saved = undefined;
    this.#leftOut = undefined;
    this.#preview = undefined;
  }

  async showPreview(): Promise<void> {
    const made = await this.#ask(() => this.#report('document'));
    if (made) this.#preview = JSON.parse(made.text) as ReportDocument;
  }

  async saveReport(format: ReportFormat): Promise<void> {
    const made = await this.#ask(() => this.#report(format));
    if (!made) return;
    const name = `${this.#name}-report`;
    const { text, pictures, bytes } = made;
    if (bytes) this.#save(`${name}.pdf`, bytes);
    else if (pictures.length === 0) this.#save(`${name}.${format}`, strToU8(text));
    else {
      const files = pictures.map(({ path, svg }) => ({ path, content: svg }));
      this.#save(`${name}.zip`, archive([{ path: `${name}.md`, content: text }, ...files]));
    }
  }

  async savePicture(format: PictureFormat): Promise<void> {
    const { selection, follow } = this.#project;
    const flow = this.of === 'flow' ? follow.simulatedFlow : undefined;
    const drawn = await this.#ask(() =>
      this.#session.backend.call('design.picture', {
        source: this.#source,
        view: this.view,
        ...(this.of === 'selection' ? { only: [...selection.refs] } : {}),
        // What calls take is what designs hold, but for `readonly`.
        ...(flow ? { flow: flow as NonNullable<Input<'design.picture'>['flow']> } : {}),
        ...(this.dark ? { dark: true } : {}),
      }),
    );
    if (!drawn) return;
    const bytes = format === 'svg' ? strToU8(drawn.svg) : await pngOf(drawn, this.scale);
    this.#save(`${this.#name}.${format}`, bytes);
  }

  async saveTool(format: ToolFormat): Promise<void> {
    await this.#export({ source: this.#source, format });
  }

  async saveInstall(format: InstallFormat): Promise<void> {
    const { scenario, mode } = this;
    if (!scenario) return;
    await this.#export({ source: this.#source, format, scenario: scenario.id, mode });
  }

  async #export(asked: Input<'design.export'>): Promise<void> {
    const made = await this.#ask(() => this.#session.backend.call('design.export', asked));
    if (!made) return;
    this.#leftOut = made.leftOut;
    const [only, ...others] = made.files;
    if (!only) return;
    if (others.length > 0) this.#save(`${this.#name}-${asked.format}.zip`, archive(made.files));
    else this.#save(only.path.split('/').at(-1) ?? only.path, bytesOf(only.content));
  }

  get #name(): string {
    return fileNameOf(this.#project.design.name);
  }
  get #source() {
    return { kind: 'project', project: this.#project.state.project } as const;
  }

  #save(name: string, bytes: Uint8Array): void {
    saveFile(name, bytes);
    this.#saved = name;
  }

  #report(format: Input<'report.make'>['format']): Promise<Answer<Output<'report.make'>>> {
    const said = (value: string, key: 'title' | 'version' | 'date' | 'author') =>
      value.trim() === '' ? {} : { [key]: value.trim() };
    return this.#session.backend.call('report.make', {
      source: this.#source,
      format,
      language: this.language,
      cover: {
        ...said(this.title, 'title'),
        ...said(this.version, 'version'),
        ...said(this.date, 'date'),
        ...said(this.author, 'author'),
      },
      ...(this.since === '' ? {} : { since: this.since }),
    });
  }

  async #ask<Value>(call: () => Promise<Answer<Value>>): Promise<Value | undefined> {
    if (this.#busy) return undefined;
    this.forget();
    this.#busy = true;
    try {
      const answer = await call();
      if (answer.ok) return answer.value;
      this.#error = answer.error;
      return undefined;
    } finally {
      this.#busy = false;
    }
  }
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? strToU8(content) : content;

/** The same files give the same bytes: a date of their own they have not. */
function archive(
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
): Uint8Array {
  const entries = files.map(({ path, content }) => [path, bytesOf(content)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: new Date(2000, 0, 1) });
}

/** The picture, drawn by the browser. */
async function pngOf(
  { svg, width, height }: Output<'design.picture'>,
  scale: number,
): Promise<Uint8Array> {
  const picture = new Image(width, height);
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}
