// Maps and sets here are replaced as a whole, never changed: they need no reactivity of their own.
import type {
  Answer,
  Change,
  ChangePlan,
  LayoutItem,
  NetworkInterface,
  NewThing,
  Output,
} from '../../src-main/contract/index.ts';
import { changeText } from '../../src-main/contract/change-words.ts';
import { parseEntityRef } from '../../src-main/contract/vocabulary.ts';
import { language } from '../i18n/language.svelte.ts';
import { textInSentence, visibleText } from '../i18n/visible-text.ts';
import { buildScene } from '../geometry/build-scene.ts';
import type { Point, Rectangle, Scene, SceneItem } from '../geometry/scene.ts';
import { placementGap, segmentSize, type Size } from '../geometry/sizes.ts';
import { copyOf, insideOf, middleOf, type Copied } from './drawing-clipboard.ts';
import { drawnFlow } from './drawing-flows.ts';
import { settled } from './drawing-places.ts';
import { parseEdge, withoutInterfaces, type InterfaceName } from './drawing-parts.ts';
import {
  accepts,
  centre,
  connectRefusal,
  containerInset,
  freePlace,
  itemOf,
  newSize,
  standIn,
  onGrid,
  type Placeable,
} from './drawing-scene.ts';
import { drawingOf, type Drawing } from './drawing.svelte.ts';
import type { Project } from './project.svelte.ts';
import type { Session } from './session.svelte.ts';

/** A removal that takes other things along, until the user says yes or no. */
export interface Removal {
  readonly refs: readonly string[];
  readonly plan: ChangePlan;
}

type ChangeAnswer = Answer<Output<'project.change'>>;

/** What a thing of the palette is on the drawing. */
export function placeableOf(thing: NewThing): Placeable {
  switch (thing.entity) {
    case 'site':
      return { is: 'site', kind: thing.kind };
    case 'node':
      return { is: 'node', kind: thing.kind };
    case 'segment':
      return { is: 'segment', kind: thing.kind };
    case 'cluster':
      return { is: 'cluster' };
    case 'workload':
      return { is: 'workload' };
    default:
      return thing satisfies never;
  }
}

const isHypervisor = (thing: NewThing): boolean =>
  thing.entity === 'node' && thing.kind === 'hypervisor';

/** What is done to a drawing: each verb is one step of the history, and says what came of it. */
export class DrawingEdits {
  readonly #drawing: Drawing;
  readonly #project: Project;
  readonly #session: Session;
  #removal = $state.raw<Removal>();
  /** What was asked last. */
  #asked: Removal | undefined;
  #undoToast: number | undefined;
  /** What was copied last, for where the system's clipboard may not be read. */
  #clipboard: Copied | undefined;
  #pasted = 0;

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
    this.#project = drawing.project;
    this.#session = drawing.session;
  }

  get removal(): Removal | undefined {
    return this.#removal;
  }
  get clipboard(): Copied | undefined {
    return this.#clipboard;
  }
  get #words() {
    return language.messages.canvas;
  }

  /** Adds a thing of the palette: where it was dropped, or in a free place of the view or of the selected container. */
  async add(thing: NewThing, at?: Point, into?: string): Promise<string | undefined> {
    const placeable = placeableOf(thing);
    const container = at
      ? into === undefined
        ? undefined
        : this.#drawing.item(into)
      : this.#containerFor(placeable);
    if (thing.entity === 'workload') {
      const cluster = container ? parseEntityRef(container.ref) : undefined;
      if (cluster?.kind !== 'cluster') {
        this.#session.toasts.say({ tone: 'plain', title: this.#words.needsCluster });
        return undefined;
      }
      thing = { ...thing, cluster: cluster.id };
    }
    await this.#settle();
    const size = newSize(placeable, this.#drawing.seen, container);
    const { scene } = this.#drawing;
    const place = this.#placeIn(scene, container, size, at ?? this.#middleOf(container, size));
    const isShortBar = placeable.is === 'segment' && size.width < segmentSize.width;
    const isContainer = placeable.is === 'site' || placeable.is === 'cluster';
    const isSized = isContainer || isHypervisor(thing) || isShortBar;
    const answer = await this.#do({
      kind: 'add',
      thing,
      ...this.#whereAdded(container, size, place, isSized),
      ...(container ? { into: container.ref } : {}),
    });
    if (!answer.ok) return undefined;
    this.#tellLeftOut(answer.value.leftOut);
    const [created] = answer.value.created;
    if (created === undefined) return undefined;
    if (this.#drawing.item(created)) {
      this.#project.selection.show(created);
      if (!at) this.#drawing.reveal(created);
    } else if (container) {
      this.#project.selection.show(container.ref);
    }
    this.#drawing.announce(this.#words.added(this.nameOf(created)));
    return created;
  }

  /** Its place; in a view, that and one in the drawing of all, in the same container. */
  #whereAdded(
    container: SceneItem | undefined,
    size: Size,
    place: Point,
    isSized: boolean,
  ): Pick<Extract<Change, { kind: 'add' }>, 'at' | 'inView'> {
    const { kind } = this.#project.view;
    const sized = isSized ? size : {};
    const here = { x: onGrid(place.x), y: onGrid(place.y), ...sized };
    if (kind === 'all') return { at: here };
    const whole = buildScene(this.#project.design, { view: 'all', hiddenTags: [] }, []);
    const same = container && itemOf(whole, container.ref);
    const { bounds } = whole;
    const near = same
      ? this.#middleOf(same, size)
      : { x: bounds.x, y: bounds.y + bounds.height + placementGap };
    const there = this.#placeIn(whole, same, size, near);
    return {
      at: { x: onGrid(there.x), y: onGrid(there.y), ...sized },
      inView: { ...here, view: kind },
    };
  }

  #containerFor(thing: Placeable): SceneItem | undefined {
    const [only, ...others] = this.#drawing.selectedItems;
    if (!only || others.length > 0) return undefined;
    const { scene } = this.#drawing;
    // A thing that is selected stands for the container that it lies in.
    for (let at: SceneItem | undefined = only; at; at = scene.items[at.parent]) {
      if (accepts(at, thing)) return at;
    }
    return undefined;
  }

  #middleOf(container: SceneItem | undefined, { width, height }: Size): Point {
    const about = container ? centre(container) : this.#drawing.middle;
    return { x: about.x - width / 2, y: about.y - height / 2 };
  }

  /** Where a new thing stands: near where it is wanted, inside its container, beside what is there. */
  #placeIn(scene: Scene, container: SceneItem | undefined, size: Size, wanted: Point): Point {
    if (size.width === 0 || container?.collapsed) return wanted;
    const near = container ? standIn(container, { ...wanted, ...size }, containerInset) : wanted;
    const index = container ? (scene.indexOf.get(container.ref) ?? -1) : -1;
    return freePlace(scene, index, size, near, placementGap / 2);
  }

  /** Draws a line from one thing to another. */
  async connect(from: string, to: string): Promise<void> {
    const refusal = this.refusesConnection(from, to);
    if (refusal !== undefined) {
      this.#session.toasts.say({ tone: 'plain', title: refusal });
      return;
    }
    const before = this.#interfacesOf(from, to);
    const answer = await this.#do({ kind: 'connect', from, to });
    if (!answer.ok) return;
    this.#tellLeftOut(answer.value.leftOut);
    const made = [...this.#interfacesOf(from, to)].filter(([id]) => !before.has(id));
    const [first] = made;
    if (first) this.#project.selection.show(first[0]);
    const title = this.#words.connected(this.nameOf(from), this.nameOf(to));
    const text = made.map(([, { id, addresses = [] }]) => [id, ...addresses].join(' ')).join(' · ');
    this.#offerUndo(title, text);
  }

  /** Why no line may be drawn, in a sentence. */
  refusesConnection(from: string, to: string): string | undefined {
    const [a, b] = [this.#drawing.item(from), this.#drawing.item(to)];
    if (!a || !b) return undefined;
    const refusal = connectRefusal(a, b) ?? this.#isConnected(from, to);
    return refusal && this.#words.connectRefusal[refusal];
  }

  #isConnected(...refs: readonly string[]): 'connected-already' | undefined {
    const segment = refs.find((ref) => ref.startsWith('segment:'))?.slice('segment:'.length);
    if (segment === undefined) return undefined;
    const interfaces = [...this.#interfacesOf(...refs).values()];
    return interfaces.some((one) => one.segment === segment) ? 'connected-already' : undefined;
  }

  #interfacesOf(...refs: readonly string[]): Map<string, NetworkInterface> {
    const found = new Map<string, NetworkInterface>();
    for (const ref of refs) {
      const node = this.#project.entity(ref);
      if (!node || !('interfaces' in node)) continue;
      for (const one of node.interfaces ?? []) found.set(`interface:${node.id}/${one.id}`, one);
    }
    return found;
  }

  /** Makes a flow from one thing to another and asks for what cannot be known. */
  async addFlow(from: string, to: string): Promise<void> {
    const answer = await drawnFlow(this.#project, this.#session.backend, from, to);
    if ('refusal' in answer) {
      this.#session.toasts.say({ tone: 'plain', title: this.#words.flowRefusal[answer.refusal] });
      return;
    }
    const { flow } = answer;
    const done = await this.#project.put(`Add flow ${flow.id}`, `flow:${flow.id}`, flow);
    if (!done.ok) {
      this.#session.toasts.fail(done.error);
      return;
    }
    this.#project.view.open('flows');
    this.#drawing.askAbout(flow.id);
  }

  /** Moves things, pods to another node alone; what is dropped into another container goes there. */
  async move(refs: readonly string[], dx: number, dy: number, into?: string | null): Promise<void> {
    const moved = typeof into === 'string' ? refs : refs.filter((ref) => !ref.startsWith('pod:'));
    if (moved.length === 0 || (dx === 0 && dy === 0 && into === undefined)) return;
    const places = moved.flatMap((ref) => {
      const item = this.#drawing.item(ref);
      return item ? [[ref, { x: item.x + dx, y: item.y + dy }] as const] : [];
    });
    const release = this.#drawing.hold(new Map(places));
    await this.#settle();
    const { kind } = this.#project.view;
    const answer = await this.#do({
      kind: 'move',
      refs: [...moved],
      by: { dx, dy },
      ...(into === undefined ? {} : { into }),
      ...(kind === 'all' ? {} : { view: kind }),
    });
    release();
    if (!answer.ok) return;
    this.#tellLeftOut(answer.value.leftOut);
    if (typeof into === 'string') {
      this.#drawing.announce(this.#words.movedInto(this.nameOf(into)));
    }
  }

  /** Keeps everything where it is drawn now. */
  async #settle(): Promise<void> {
    const items = settled(this.#project, this.#drawing.drawn);
    if (items.length === 0) return;
    const answer = await this.#project.change({ kind: 'place', label: 'arrange', items });
    if (!answer.ok) this.#session.toasts.fail(answer.error);
  }

  /** Places and sizes as given; they show at once. */
  async place(
    label: Extract<Change, { kind: 'place' }>['label'],
    places: ReadonlyMap<string, Rectangle>,
    sized = false,
  ): Promise<void> {
    const known = [...places].filter(([ref]) => parseEntityRef(ref) !== undefined);
    if (known.length === 0) return;
    const shown = known.map(
      ([ref, { x, y, width, height }]) =>
        [ref, sized ? { x, y, width, height } : { x, y }] as const,
    );
    const release = this.#drawing.hold(new Map(shown));
    await this.#settle();
    const { kind } = this.#project.view;
    const items = (sized ? shown : [...shown, ...this.#carried(shown)]).map(([ref, place]) => ({
      id: ref,
      ...place,
      ...(kind === 'all' ? {} : { view: kind }),
    }));
    await this.#do({ kind: 'place', label, items });
    release();
  }

  /** What lies in things that are given another place, moved along with them. */
  #carried(places: readonly (readonly [string, Point])[]): [string, Point][] {
    const { drawn } = this.#drawing;
    const { design, view } = this.#project;
    const taken = new Set(places.map(([ref]) => ref));
    return places.flatMap(([ref, to]) => {
      const index = drawn.indexOf.get(ref) ?? -1;
      const item = drawn.items[index];
      if (!item?.container) return [];
      const inside = insideOf(design, drawn, index).filter((one) => !taken.has(one));
      return inside.flatMap((one): [string, Point][] => {
        const layout = this.#project.entity(`layout:${one}`) as LayoutItem | undefined;
        const place = view.kind === 'all' ? layout : layout?.views?.[view.kind];
        return place ? [[one, { x: place.x + to.x - item.x, y: place.y + to.y - item.y }]] : [];
      });
    });
  }

  /** Folds a container together, or unfolds it. */
  async fold(ref: string, collapsed?: boolean): Promise<void> {
    const item = this.#drawing.item(ref);
    if (!item?.container || parseEntityRef(ref) === undefined) return;
    const folds = collapsed ?? !item.collapsed;
    if (folds === item.collapsed) return;
    const { kind } = this.#project.view;
    if (kind !== 'all') await this.#settle();
    await this.#do({
      kind: 'place',
      label: folds ? 'collapse' : 'expand',
      items: [
        {
          id: ref,
          x: item.x,
          y: item.y,
          collapsed: folds,
          ...(kind === 'all' ? {} : { view: kind }),
        },
      ],
    });
    this.#drawing.announce(
      (folds ? this.#words.folded : this.#words.unfolded)(textInSentence(item.label)),
    );
  }

  /** Deletes what is selected: at once, or after asking where other things go with it. */
  async remove(): Promise<void> {
    const selected = [...this.#project.selection.refs];
    const lines = selected.flatMap((ref) => parseEdge(ref) ?? []);
    const refs = selected.filter((ref) => parseEdge(ref) === undefined);
    if (refs.length === 0) {
      if (lines.length > 0) await this.#disconnect(lines);
      return;
    }
    const plan = await this.#project.plan({ kind: 'remove', refs });
    if (!plan.ok) {
      this.#session.toasts.fail(plan.error);
      return;
    }
    const { takesAlong, alsoChanged } = plan.value;
    if (takesAlong.length + alsoChanged.length > 0) this.#removal = { refs, plan: plan.value };
    else await this.#remove(refs);
  }

  async confirmRemoval(): Promise<void> {
    // The dialog has been closed when its button is answered; what it asked about is done all the same.
    const removal = this.#removal ?? this.#asked;
    this.#removal = undefined;
    this.#asked = undefined;
    if (removal) await this.#remove(removal.refs);
  }
  dismissRemoval(): void {
    this.#asked = this.#removal;
    this.#removal = undefined;
    this.#drawing.camera?.focus();
  }

  async #remove(refs: readonly string[]): Promise<void> {
    const [first] = refs;
    const name = first === undefined ? '' : this.nameOf(first);
    const answer = await this.#do({ kind: 'remove', refs: [...refs] });
    if (!answer.ok) return;
    this.#project.selection.clear();
    this.#offerUndo(
      refs.length === 1
        ? this.#words.removed(name)
        : this.#words.removedMany(language.number(refs.length)),
    );
  }

  async #disconnect(lines: readonly InterfaceName[]): Promise<void> {
    const [line] = lines;
    if (!line) return;
    if (lines.length === 1) {
      const answer = await this.#do({ kind: 'disconnect', ...line });
      if (!answer.ok) return;
    } else {
      const edits = withoutInterfaces(this.#project.design, lines);
      const answer = await this.#project.apply('Delete interfaces', edits);
      if (!answer.ok) {
        this.#session.toasts.fail(answer.error);
        return;
      }
    }
    this.#project.selection.clear();
    this.#offerUndo(
      lines.length === 1
        ? this.#words.removed(`${line.node} ${line.interface}`)
        : this.#words.removedMany(language.number(lines.length)),
    );
  }

  async duplicate(by?: { readonly dx: number; readonly dy: number }): Promise<void> {
    const refs = this.#drawing.selectedItems
      .map(({ ref }) => ref)
      .filter((ref) => parseEntityRef(ref) !== undefined);
    if (refs.length === 0) return;
    await this.#settle();
    const answer = await this.#do({
      kind: 'duplicate',
      refs: [...refs],
      by: by ?? { dx: placementGap, dy: placementGap },
    });
    if (!answer.ok) return;
    this.#tellLeftOut(answer.value.leftOut);
    this.#selectCreated(answer.value.created);
  }

  /** Takes what is selected onto the clipboard; undefined where nothing can be. */
  copy(): Copied | undefined {
    const refs = [...this.#project.selection.refs].filter((ref) => parseEntityRef(ref));
    if (refs.length === 0) return undefined;
    const copied = copyOf(this.#project.design, refs);
    this.#clipboard = copied;
    this.#pasted = 0;
    this.#drawing.announce(this.#words.copied(language.number(refs.length)));
    return copied;
  }

  /** Pastes beside the original, or into the middle of the view where the original is out of sight. */
  async paste(entities: Copied, at?: Point): Promise<void> {
    this.#pasted++;
    await this.#settle();
    const answer = await this.#do({
      kind: 'paste',
      entities,
      by: this.#pasteShift(entities, at),
    });
    if (!answer.ok) return;
    this.#tellLeftOut(answer.value.leftOut);
    this.#selectCreated(answer.value.created);
  }

  #pasteShift(entities: Copied, at: Point | undefined): { dx: number; dy: number } {
    const from = middleOf(entities);
    const { camera, middle } = this.#drawing;
    const step = placementGap * this.#pasted;
    if (!from || !camera) return { dx: step, dy: step };
    const seen = camera.toPixels(from);
    const inView =
      seen.x > 0 && seen.y > 0 && seen.x < camera.size.width && seen.y < camera.size.height;
    const to = at ?? (inView ? { x: from.x + step, y: from.y + step } : middle);
    return { dx: onGrid(to.x - from.x), dy: onGrid(to.y - from.y) };
  }

  #selectCreated(created: readonly string[]): void {
    const drawn = created.filter((ref) => this.#drawing.item(ref));
    const inner = new Set(drawn);
    const { scene } = this.#drawing;
    this.#project.selection.set(
      drawn.filter((ref) => {
        const parent = scene.items[this.#drawing.item(ref)?.parent ?? -1];
        return !parent || !inner.has(parent.ref);
      }),
    );
    this.#drawing.announce(this.#words.pasted(language.number(created.length)));
  }

  async group(): Promise<void> {
    const refs = this.#drawing.selectedItems
      .filter(({ kind }) => kind.is !== 'pod')
      .map(({ ref }) => ref);
    if (refs.length === 0) return;
    await this.#settle();
    const answer = await this.#do({ kind: 'group', refs });
    if (!answer.ok) return;
    const [site] = answer.value.created;
    if (site !== undefined) this.#project.selection.show(site);
  }

  selectAll(): void {
    const { items } = this.#drawing.scene;
    this.#project.selection.set(items.filter(({ parent }) => parent < 0).map(({ ref }) => ref));
    this.#drawing.announce(
      this.#words.selectedMany(language.number(this.#project.selection.refs.size)),
    );
  }

  async undo(): Promise<void> {
    if (!this.#project.state.canUndo) return;
    const answer = await this.#project.undo();
    if (answer.ok) this.#drawing.announce(this.#words.undone);
    else this.#session.toasts.fail(answer.error);
  }
  async redo(): Promise<void> {
    if (!this.#project.state.canRedo) return;
    const answer = await this.#project.redo();
    if (answer.ok) this.#drawing.announce(this.#words.redone);
    else this.#session.toasts.fail(answer.error);
  }

  /** What a thing is called: its name, else its id. */
  nameOf(ref: string): string {
    const drawn = this.#drawing.item(ref)?.label;
    if (drawn !== undefined && drawn !== '') return textInSentence(drawn);
    const entity = this.#project.entity(ref);
    const name = entity && 'name' in entity ? entity.name : undefined;
    return textInSentence(name ?? ref.slice(ref.indexOf(':') + 1));
  }

  async #do(change: Change): Promise<ChangeAnswer> {
    this.#closeUndo();
    const answer = await this.#project.change(change);
    if (!answer.ok) this.#session.toasts.fail(answer.error);
    return answer;
  }

  #tellLeftOut(leftOut: ChangePlan['leftOut']): void {
    if (leftOut.length === 0) return;
    this.#session.toasts.say({
      tone: 'plain',
      title: this.#words.leftOut,
      text: leftOut.map((one) => visibleText(changeText(one, language.code))).join('\n'),
    });
  }

  /** A toast that takes this very step back, and goes when another one is made. */
  #offerUndo(title: string, text?: string): void {
    const { revision } = this.#project.state;
    this.#drawing.announce(text ? `${title}. ${text}` : title);
    this.#undoToast = this.#session.toasts.say({
      tone: 'good',
      title,
      ...(text ? { text } : {}),
      action: {
        label: this.#words.undo,
        run: () => {
          if (this.#project.state.revision === revision) void this.undo();
        },
      },
    });
  }
  #closeUndo(): void {
    if (this.#undoToast !== undefined) this.#session.toasts.close(this.#undoToast);
    this.#undoToast = undefined;
  }
}

const edits = new WeakMap<Drawing, DrawingEdits>();

/** The edits of a project's drawing. */
export function editsOf(session: Session, project: Project): DrawingEdits {
  const drawing = drawingOf(session, project);
  let found = edits.get(drawing);
  if (!found) edits.set(drawing, (found = new DrawingEdits(drawing)));
  return found;
}
