import { editDesign, type Edit } from '../../../src-main/contract/index.ts';
import type { Design } from '../../../src-main/contract/vocabulary.ts';
import { language } from '../../i18n/language.svelte.ts';
import type { Project } from '../../state/project.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';

/** A change that waits for an answer: intents would not hold with it. */
export interface AgainstIntents {
  readonly label: string;
  readonly edits: readonly Edit[];
  readonly design: Design;
  /** Ids of intents that hold now. */
  readonly breaks: readonly string[];
}

/** Steps of the history have names of at most so many characters. */
const longestLabel = 200;

/** Writes fixes of an install into the design, as one step each; against intents only after a question. */
export class FixApplier {
  readonly #session: Session;
  readonly #project: Project;
  #applying = $state<string>();
  #asking = $state.raw<AgainstIntents>();

  constructor(session: Session, project: Project) {
    this.#session = session;
    this.#project = project;
  }

  /** The label of what is being applied. */
  get applying(): string | undefined {
    return this.#applying;
  }
  get asking(): AgainstIntents | undefined {
    return this.#asking;
  }

  async apply(name: string, design: Design, edits: readonly Edit[]): Promise<void> {
    if (this.#applying !== undefined) return;
    this.#applying = name;
    const change = { label: name.slice(0, longestLabel), edits, design };
    const breaks = await this.#broken(design, edits);
    // What it does to the intents was not found out, and that was told: nothing is written.
    if (breaks?.length === 0) await this.#write(change);
    else if (breaks) this.#asking = { ...change, breaks };
    this.#applying = undefined;
  }

  /** The user has seen which intents it breaks. */
  async confirm(): Promise<void> {
    if (this.#asking) await this.#write(this.#asking);
  }
  cancel(): void {
    this.#asking = undefined;
  }

  /** Intents that hold and would not any more; undefined where that could not be found out. */
  async #broken(design: Design, edits: readonly Edit[]): Promise<readonly string[] | undefined> {
    if ((design.intents ?? []).length === 0) return [];
    const verdicts = async (of: Design) => {
      const source = { kind: 'design', design: of } as const;
      const answer = await this.#session.backend.call('intents.verify', { source });
      if (!answer.ok) {
        this.#session.toasts.fail(answer.error);
        return undefined;
      }
      return new Map(answer.value.intents.map(({ id, holds }) => [id, holds]));
    };
    const before = await verdicts(design);
    const after = before && (await verdicts(editDesign(design, edits)));
    return (
      after && [...after].flatMap(([id, holds]) => (!holds && before.get(id) === true ? [id] : []))
    );
  }

  async #write({ label, edits, design }: Omit<AgainstIntents, 'breaks'>): Promise<void> {
    const t = language.messages.install;
    const answer = await this.#project.applyTo(design, label, edits);
    if (!answer.ok) {
      this.#session.toasts.fail(answer.error);
      return;
    }
    const action = { label: t.undo, run: () => void this.#project.undo() };
    this.#session.toasts.say({ tone: 'good', title: t.applied, text: label, action });
  }
}
