import type { Answer, Edit, Flow, Intent, IntentCheck } from '../../../src-main/contract/index.ts';
import { junitXml } from '../../../src-main/contract/vocabulary.ts';
import { language } from '../../i18n/language.svelte.ts';
import { visibleText } from '../../i18n/visible-text.ts';
import {
  expectationEdits,
  expectationOf,
  newGroup,
  newIntent,
  type ExpectationChoice,
} from '../../state/expectations.ts';
import { freeId } from '../../state/inspector-path.ts';
import type { Project } from '../../state/project.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { IconReachable, IconUnreachable } from '../../ui/icons.ts';
import type { MenuEntry } from '../../ui/menu.ts';
import { saveFile } from '../trace/save-file.ts';

/** What can be done with intents, each one step of the history. */
export class IntentActions {
  readonly #session: Session;
  readonly #project: Project;

  constructor(session: Session, project: Project) {
    this.#session = session;
    this.#project = project;
  }

  /** The lines of a menu that says what is expected of a flow. */
  entries(flow: Flow): readonly MenuEntry[] {
    const { expect } = language.messages.intents;
    return [
      {
        kind: 'choice',
        label: expect.title(titleOf(flow)),
        value: expectationOf(this.#project.design, flow.id),
        options: [
          { value: 'reachable', label: expect.options.reachable, icon: IconReachable },
          { value: 'blocked', label: expect.options.blocked, icon: IconUnreachable },
          { value: 'nothing', label: expect.options.nothing },
        ],
        run: (value) => void this.expect(flow, value as ExpectationChoice),
      },
    ];
  }

  async expect(flow: Flow, choice: ExpectationChoice): Promise<void> {
    const edits = expectationEdits(this.#project.design, flow, choice);
    if (edits.length === 0) return;
    await this.#apply(language.messages.intents.steps[choice](titleOf(flow)), edits);
  }

  /** Makes an intent between groups, and opens it. */
  async add(): Promise<void> {
    const intent = newIntent(this.#project.design, this.#project.selection.refs);
    const label = language.messages.intents.steps.add(intent.id);
    const edit = { kind: 'put', entity: 'intent', value: intent } as const;
    if (await this.#apply(label, [edit])) this.open(intent.id, 'name');
  }

  /** Makes a group of what is selected, and opens it; `intent` speaks of it from then on. */
  async addGroup(intent?: Intent, side?: 'sources' | 'destinations'): Promise<void> {
    const { design, selection } = this.#project;
    const group = newGroup(design, selection.refs);
    const edits: Edit[] = [{ kind: 'put', entity: 'group', value: group }];
    if (side !== undefined && intent?.subject.kind === 'matrix') {
      const subject = { ...intent.subject, [side]: [...intent.subject[side], group.id] };
      edits.push({ kind: 'put', entity: 'intent', value: { ...intent, subject } });
    }
    const made = await this.#apply(language.messages.intents.steps.addGroup(group.id), edits);
    if (made) this.#show(`group:${group.id}`, 'name');
  }

  async duplicate(intent: Intent): Promise<string | undefined> {
    const { intents: words, flowTable } = language.messages;
    const title = titleOf(intent);
    const taken = (this.#project.design.intents ?? []).map(({ id }) => id);
    const value: Intent = {
      ...intent,
      id: freeId(intent.id, taken),
      name: flowTable.copyOf(intent.name ?? intent.id),
    };
    const edit = { kind: 'put', entity: 'intent', value } as const;
    return (await this.#apply(words.steps.duplicate(title), [edit])) ? value.id : undefined;
  }

  /** Deletes an intent, and says so with a way back; `onback` is told when it is there again. */
  async remove(intent: Intent, onback: () => void): Promise<void> {
    const { intents: words, flowTable } = language.messages;
    const title = titleOf(intent);
    const edit = { kind: 'remove', entity: 'intent', id: intent.id } as const;
    if (!(await this.#apply(words.steps.remove(title), [edit]))) return;
    const back = async () => {
      const undone = await this.#project.undo();
      if (undone.ok) onback();
    };
    this.#session.toasts.say({
      tone: 'plain',
      title: flowTable.removed(title),
      action: { label: flowTable.undo, run: () => void back() },
    });
  }

  open(intent: string, part?: string): void {
    this.#show(`intent:${intent}`, part);
  }

  /** Reads the trace of a check, on the path that decides it. */
  read(intent: Intent, check: IntentCheck): void {
    const { view, follow } = this.#project;
    view.open('trace');
    const { subject } = intent;
    void follow.read(subject.kind === 'flow' ? subject.flow : check.flow, check.path);
  }

  list(): void {
    this.#session.preferences.setOpen('bottom', true);
    this.#project.view.open('flows');
    this.#project.view.list('intents');
  }

  /** Whether there are verdicts of every intent, of the design as it is. */
  get canSave(): boolean {
    const { runs, design } = this.#project;
    const all = design.intents ?? [];
    return (
      !runs.running &&
      !runs.stopped &&
      all.length > 0 &&
      all.every((one) => runs.intents.has(one.id))
    );
  }

  /** Saves the verdicts as JUnit XML, as `hopscope verify --junit` writes them. */
  save(): void {
    const { runs, design } = this.#project;
    const verdicts = (design.intents ?? []).flatMap(({ id }) => runs.intents.get(id)?.now ?? []);
    const xml = junitXml(design.name, verdicts);
    saveFile('verdicts.xml', new TextEncoder().encode(xml));
  }

  #show(ref: string, part?: string): void {
    this.#session.preferences.setOpen('right', true);
    this.#project.selection.show(ref, part);
  }

  async #apply(label: string, edits: readonly Edit[]): Promise<boolean> {
    const answer: Answer<unknown> = await this.#project.apply(label, edits);
    if (!answer.ok) this.#session.toasts.fail(answer.error);
    return answer.ok;
  }
}

const titleOf = ({ id, name }: { readonly id: string; readonly name?: string | undefined }) =>
  visibleText(name ?? id);
