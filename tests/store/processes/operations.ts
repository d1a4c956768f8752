/**
 * What the crash test's writer does, as a function of a seed, a number and the state: the writer does it to a file, the
 * test to a model in memory, and both have to come to the same.
 */
import {
  applyCommand,
  describeCommand,
  designDifference,
  type Command,
  type HistoryStep,
  type ProjectFile,
  type Version,
} from '../../../src-main/app/project/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { oneOf, randomCommand, seededRandom } from '../../app/project/random-commands.ts';

export type Operation =
  | { readonly does: 'apply'; readonly command: Command }
  | { readonly does: 'undo' | 'redo' | 'reopen' }
  | {
      readonly does: 'create-version' | 'restore-version' | 'delete-version';
      readonly name: string;
    };

/** What an operation is chosen by. */
export interface State {
  readonly design: Design;
  readonly history: readonly HistoryStep[];
  readonly versions: readonly Version[];
}

export function stateOf(project: ProjectFile): State {
  const [history, versions] = [project.history(), project.versions.list()];
  if (!history.ok || !versions.ok) throw new Error('the project does not tell its history');
  return { design: project.design(), history: history.value, versions: versions.value };
}

export function operation(seed: number, number: number, state: State): Operation {
  const random = seededRandom(seed * 1_000_003 + number);
  const choice = random();
  const applied = state.history.filter((step) => step.applied).length;
  if (choice < 0.12 && applied > 0) return { does: 'undo' };
  if (choice < 0.2 && applied < state.history.length) return { does: 'redo' };
  if (choice < 0.225) return { does: 'create-version', name: `v${number}` };
  if (choice < 0.27 && state.versions.length > 0) {
    const { name } = oneOf(random, state.versions);
    return { does: random() < 0.4 ? 'restore-version' : 'delete-version', name };
  }
  if (choice < 0.3) return { does: 'reopen' };
  return { does: 'apply', command: randomCommand(random, state.design, `${number}`) };
}

interface Step {
  readonly label: string;
  readonly atMs: number;
  readonly command: Command;
  readonly inverse: Command;
}

/** A project as it has to be, in memory and made of the pure functions alone. */
export class Model {
  #design: Design;
  #steps: readonly Step[] = [];
  #applied = 0;
  #versions: readonly (Version & { readonly design: Design })[] = [];

  constructor(design: Design) {
    this.#design = design;
  }

  state(): State {
    const history = this.#steps.map(({ label, atMs }, index) => {
      return { sequence: index + 1, label, atMs, applied: index < this.#applied };
    });
    const versions = this.#versions.map(({ design: _design, ...version }) => version);
    return { design: this.#design, history, versions };
  }

  /** The designs that undoing leads to, the nearest first; at most so many. */
  *earlier(most: number): Generator<Design> {
    let design = this.#design;
    for (let at = this.#applied - 1; at >= 0 && at >= this.#applied - most; at -= 1) {
      const step = this.#steps[at];
      if (!step) return;
      design = applied(design, step.inverse).design;
      yield design;
    }
  }

  versionDesigns(): readonly Design[] {
    return this.#versions.map(({ design }) => design);
  }

  /** The model after an operation; this one stays. `number` is the time that it is done at. */
  after(does: Operation, number: number): Model {
    const next = new Model(this.#design);
    next.#steps = this.#steps;
    next.#applied = this.#applied;
    next.#versions = this.#versions;
    next.#perform(does, number);
    return next;
  }

  #perform(operation: Operation, number: number): void {
    switch (operation.does) {
      case 'apply':
        this.#apply(operation.command, number);
        return;
      case 'undo': {
        const step = this.#steps[this.#applied - 1];
        if (step) this.#design = applied(this.#design, step.inverse).design;
        this.#applied -= 1;
        return;
      }
      case 'redo': {
        const step = this.#steps[this.#applied];
        if (step) this.#design = applied(this.#design, step.command).design;
        this.#applied += 1;
        return;
      }
      case 'create-version': {
        const [design, step] = [this.#design, this.#applied];
        const version = { name: operation.name, atMs: number, step, design };
        this.#versions = [...this.#versions, version];
        return;
      }
      case 'restore-version': {
        const version = this.#versions.find(({ name }) => name === operation.name);
        const edits = version ? designDifference(this.#design, version.design) : [];
        if (edits.length === 0) return;
        this.#apply(
          { kind: 'compound', label: `Restore version ${operation.name}`, edits },
          number,
        );
        return;
      }
      case 'delete-version':
        this.#versions = this.#versions.filter(({ name }) => name !== operation.name);
        return;
      case 'reopen':
        return;
      default:
        operation satisfies never;
    }
  }

  #apply(command: Command, number: number): void {
    const { design, command: done, inverse } = applied(this.#design, command);
    const step = { label: describeCommand(done, inverse), atMs: number, command: done, inverse };
    this.#versions = this.#versions.map(({ step: at, ...version }) =>
      at === undefined || at > this.#applied ? version : { ...version, step: at },
    );
    this.#steps = [...this.#steps.slice(0, this.#applied), step];
    this.#applied += 1;
    this.#design = design;
  }
}

function applied(design: Design, command: Command) {
  const result = applyCommand(design, command);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}
