import type { Site } from '../../../src-main/contract/index.ts';
import { language } from '../../i18n/language.svelte.ts';
import { commands, type Command } from '../../state/commands.svelte.ts';
import { editsOf } from '../../state/drawing-edits.svelte.ts';
import { bringIntoView } from '../../state/drawing-search.ts';
import { drawingOf } from '../../state/drawing.svelte.ts';
import { findables, type Findable } from '../../state/search-index.ts';
import type { Project } from '../../state/project.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { IconAddress, IconKeyboard, IconRule } from '../../ui/icons.ts';
import type { Icon } from '../../ui/menu.ts';
import { rank } from '../../ui/ranking.ts';
import { iconOf } from '../outline/icon-of.ts';

export interface SearchResult {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly kind: string;
  readonly icon: Icon;
  readonly keys?: string | undefined;
  readonly go: () => void;
}

const shownAtMost = 60;

/** One look through everything: what is typed, what matches, and which of it the keys are on. */
export class Search {
  readonly #session: Session;
  readonly #things: readonly Findable[];
  #query = $state('');
  #at = $state(0);
  readonly #results = $derived.by(() => this.#find());

  constructor(session: Session) {
    this.#session = session;
    this.#things = session.project ? findables(session.project.design) : [];
  }

  get query(): string {
    return this.#query;
  }
  get results(): readonly SearchResult[] {
    return this.#results;
  }
  get at(): number {
    return this.#at;
  }

  look(query: string): void {
    this.#query = query;
    this.#at = 0;
  }
  point(index: number): void {
    this.#at = index;
  }
  move(by: number): void {
    const { length } = this.#results;
    if (length === 0) return;
    const to = this.#at + by;
    this.#at = Math.abs(by) === 1 ? (to + length) % length : Math.min(length - 1, Math.max(0, to));
  }

  #find(): readonly SearchResult[] {
    const offered = commands.all.filter(
      (command) => !command.unlisted && (command.enabled?.() ?? true),
    );
    const query = this.#query.trim();
    if (query === '') return offered.slice(0, shownAtMost).map(commandResult);
    const project = this.#session.project;
    const all = rank<Command | Findable>([...this.#things, ...offered], query, (one) =>
      'run' in one ? [one.label()] : [one.label, one.detail],
    );
    return all
      .slice(0, shownAtMost)
      .flatMap((one) =>
        'run' in one
          ? [commandResult(one)]
          : project
            ? [thingResult(one, this.#session, project)]
            : [],
      );
  }
}

function commandResult(command: Command): SearchResult {
  const t = language.messages.shell;
  return {
    id: `command ${command.id}`,
    label: command.label(),
    detail: '',
    kind: t.groups[command.group],
    icon: IconKeyboard,
    keys: command.keys?.[0],
    go: () => void command.run(),
  };
}

function thingResult(thing: Findable, session: Session, project: Project): SearchResult {
  return {
    id: `${thing.kind} ${thing.ref} ${thing.part ?? ''} ${thing.label}`,
    label: thing.label,
    detail: thing.detail,
    kind: language.messages.shell.search.kinds[thing.kind],
    icon: thingIcon(thing, project),
    go: () => goTo(thing, session, project),
  };
}

function thingIcon({ kind, ref }: Findable, project: Project): Icon {
  if (kind === 'address') return IconAddress;
  if (kind === 'rule') return IconRule;
  if (kind === 'pod') return iconOf({ is: 'pod' });
  const entity = project.entity(ref);
  if (kind === 'site' && entity) {
    return iconOf({ is: 'site', kind: (entity as Site).kind });
  }
  return iconOf({ is: 'entity', kind });
}

/** Selects what was found, shows it on the canvas and in the inspector; a flow is read. */
function goTo(thing: Findable, session: Session, project: Project): void {
  project.selection.show(thing.ref, thing.part);
  if (thing.kind === 'flow') {
    session.preferences.setOpen('bottom', true);
    project.view.open('trace');
    void project.follow.read(thing.ref.slice('flow:'.length));
    return;
  }
  session.preferences.setOpen('right', true);
  void bringIntoView(drawingOf(session, project), editsOf(session, project), thing.ref);
}
