import type { BackendClient } from '../api/backend.ts';
import type {
  BackendError,
  FileQuestion,
  FolderEntry,
  Output,
} from '../../src-main/contract/index.ts';

type Folder = Output<'files.list'>;

/** A folder of the host's machine that is looked into to choose a file, or a name for one. */
export class FolderBrowser {
  readonly question: FileQuestion;
  readonly #backend: BackendClient;
  #folder = $state.raw<Folder>();
  #error = $state.raw<BackendError>();
  #at = $state(-1);
  #name = $state('');
  #asked = 0;
  readonly #entries = $derived.by(() =>
    (this.#folder?.entries ?? []).filter(
      (entry) =>
        entry.kind === 'folder' ||
        this.question.extensions.some((extension) =>
          entry.name.toLowerCase().endsWith(`.${extension}`),
        ),
    ),
  );

  constructor(backend: BackendClient, question: FileQuestion) {
    this.#backend = backend;
    this.question = question;
    const suggested = question.suggested ?? '';
    const slash = Math.max(suggested.lastIndexOf('/'), suggested.lastIndexOf('\\'));
    this.#name = suggested.slice(slash + 1);
    void this.look(slash > 0 ? suggested.slice(0, slash) : undefined);
  }

  /** Undefined until it is read. */
  get folder(): Folder | undefined {
    return this.#folder;
  }
  get entries(): readonly FolderEntry[] {
    return this.#entries;
  }
  get error(): BackendError | undefined {
    return this.#error;
  }
  /** Index of the entry that is chosen; -1: none. */
  get at(): number {
    return this.#at;
  }
  get chosen(): FolderEntry | undefined {
    return this.#entries[this.#at];
  }
  get name(): string {
    return this.#name;
  }

  async look(folder: string | undefined): Promise<void> {
    const asked = ++this.#asked;
    const answer = await this.#backend.call('files.list', folder === undefined ? {} : { folder });
    if (asked !== this.#asked) return;
    this.#error = answer.ok ? undefined : answer.error;
    if (!answer.ok) return;
    const from = this.#folder?.folder;
    this.#folder = answer.value;
    // Going up, the folder that one came from is chosen.
    this.#at = this.#entries.findIndex(({ path }) => path === from);
    if (this.#at < 0)
      this.#at = this.question.purpose === 'open' && this.#entries.length > 0 ? 0 : -1;
  }
  up(): void {
    const parent = this.#folder?.parent;
    if (parent !== undefined) void this.look(parent);
  }
  choose(index: number): void {
    if (index < 0 || index >= this.#entries.length) return;
    this.#at = index;
    const entry = this.#entries[index];
    if (entry && entry.kind !== 'folder' && this.question.purpose === 'save')
      this.#name = entry.name;
  }
  type(name: string): void {
    this.#name = name;
    this.#at = -1;
  }

  /** The file that would be answered; undefined while there is none. */
  get answer(): { readonly file: string; readonly exists: boolean } | undefined {
    const folder = this.#folder;
    if (!folder) return undefined;
    if (this.question.purpose === 'open') {
      const entry = this.chosen;
      return entry && entry.kind !== 'folder' ? { file: entry.path, exists: true } : undefined;
    }
    const typed = this.#name.trim();
    if (typed === '') return undefined;
    const [extension = ''] = this.question.extensions;
    const name = typed.toLowerCase().endsWith(`.${extension}`) ? typed : `${typed}.${extension}`;
    const there = folder.entries.find((entry) => entry.name === name);
    if (there) return { file: there.path, exists: true };
    const separator = folder.folder.includes('\\') ? '\\' : '/';
    const base = folder.folder.endsWith(separator) ? folder.folder : folder.folder + separator;
    return { file: base + name, exists: false };
  }
}
