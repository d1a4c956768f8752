import type { Change, ChangePlan } from '../../src-main/contract/index.ts';
import type { Project } from './project.svelte.ts';
import type { Session } from './session.svelte.ts';

/** A row that may take other things of the design along: what goes is told before it is done. */
export class RowRemoval {
  readonly #session: Session;
  readonly #project: Project;
  #asked = $state.raw<{
    readonly change: Change;
    readonly name: string;
    readonly plan: ChangePlan;
  }>();

  constructor(session: Session, project: Project) {
    this.#session = session;
    this.#project = project;
  }

  get asked() {
    return this.#asked;
  }

  async askInterface(node: string, id: string): Promise<void> {
    const change: Change = { kind: 'disconnect', node, interface: id };
    const plan = await this.#project.plan(change);
    if (!plan.ok) {
      this.#session.toasts.fail(plan.error);
      return;
    }
    const { takesAlong, alsoChanged } = plan.value;
    if (takesAlong.length + alsoChanged.length === 0) await this.#do(change);
    else this.#asked = { change, name: `${node} ${id}`, plan: plan.value };
  }

  async confirm(): Promise<void> {
    const asked = this.#last;
    this.dismiss();
    if (asked) await this.#do(asked.change);
  }
  /** The dialog closes before it says what was chosen. */
  #last: { readonly change: Change } | undefined;
  dismiss(): void {
    this.#last = this.#asked ?? this.#last;
    this.#asked = undefined;
  }

  async #do(change: Change): Promise<void> {
    const answer = await this.#project.change(change);
    if (!answer.ok) this.#session.toasts.fail(answer.error);
  }
}
