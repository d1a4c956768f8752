// Maps and sets here are replaced as a whole, never changed: they need no reactivity of their own.
import { buildScene } from '../geometry/build-scene.ts';
import type { Point, Rectangle, Scene, SceneItem } from '../geometry/scene.ts';
import type { Size } from '../geometry/sizes.ts';
import { around, heldScene, itemOf, topmost, type Held } from './drawing-scene.ts';
import {
  broughtTo,
  centredOn,
  lies,
  movedTo,
  seenFrom,
  zoomed,
  type Viewport,
} from './drawing-view.ts';
import type { Project } from './project.svelte.ts';
import type { Session } from './session.svelte.ts';

export type Tool = 'select' | 'hand' | 'connect' | 'flow';

/** What lies over the drawing while something is done to it; all in canvas units. */
export interface Marks {
  readonly hovered?: string;
  readonly dropTarget?: string;
  readonly frame?: Rectangle;
  readonly guides: readonly { readonly from: Point; readonly to: Point }[];
  readonly connecting?: { readonly from: string; readonly to: Point; readonly target?: string };
  readonly ghost?: Rectangle;
}

/** A sentence beside the pointer: why something is not possible here, or what is wrong with what is pointed at. */
export interface Hint {
  /** Pixels of the canvas. */
  readonly at: Point;
  readonly tone: 'plain' | 'bad' | 'warn';
  readonly lines: readonly string[];
}

/** Who shows the drawing: where it is looked at from. */
export interface Camera {
  readonly viewport: Viewport;
  /** Where the view is on its way to while it eases; where it is when it rests. */
  readonly target: Viewport;
  readonly scaleLimits: readonly [least: number, most: number];
  /** Pixels. */
  readonly size: Size;
  setViewport(viewport: Viewport, options?: { readonly animate?: boolean }): void;
  fit(rectangle: Rectangle, options?: { readonly animate?: boolean }): void;
  toUnits(at: Point): Point;
  toPixels(at: Point): Point;
  /** Where a place of the page lies on the canvas, in its pixels; undefined where it lies beside it. */
  locate(clientX: number, clientY: number): Point | undefined;
  focus(): void;
}

const noMarks: Marks = { guides: [] };

/** A project as it is drawn on: the scene, the tool in hand, and what is being done with it. */
export class Drawing {
  readonly session: Session;
  readonly project: Project;
  #tool = $state<Tool>('select');
  #marks = $state.raw<Marks>(noMarks);
  #hint = $state.raw<Hint>();
  #announcement = $state('');
  #held = $state.raw<ReadonlyMap<string, Held>>(new Map());
  #cursor = $state.raw<string>();
  #camera = $state.raw<Camera>();
  #scale = $state(1);
  #seen = $state.raw<Rectangle>();
  #minimap = $state(true);
  #flowInHand = $state.raw<string>();
  /** Where lines are drawn from by the keyboard. */
  #origin = $state.raw<string>();
  #shape = $state.raw<string>();
  #panning = $state(false);

  /** What was drawn last: what has not changed since stays the same objects. */
  #before: Scene | undefined;
  readonly #drawn = $derived.by(() => {
    const { design, view, findings } = this.project;
    return (this.#before = buildScene(design, view.choice, findings, this.#before));
  });
  readonly #scene = $derived(
    this.#held.size === 0 ? this.#drawn : heldScene(this.#drawn, this.#held),
  );
  readonly #selectedItems = $derived.by(() =>
    topmost(this.#scene, this.project.selection.refs).flatMap(
      (index) => this.#scene.items[index] ?? [],
    ),
  );

  constructor(session: Session, project: Project) {
    this.session = session;
    this.project = project;
  }

  get scene(): Scene {
    return this.#scene;
  }
  /** The scene as the design says it, without what is held. */
  get drawn(): Scene {
    return this.#drawn;
  }
  get tool(): Tool {
    return this.#tool;
  }
  get marks(): Marks {
    return this.#marks;
  }
  get hint(): Hint | undefined {
    return this.#hint;
  }
  /** What a screen reader is told. */
  get announcement(): string {
    return this.#announcement;
  }
  /** Where the keyboard is while nothing is selected. */
  get cursor(): string | undefined {
    return this.#cursor;
  }
  get origin(): string | undefined {
    return this.#origin;
  }
  get camera(): Camera | undefined {
    return this.#camera;
  }
  get scale(): number {
    return this.#scale;
  }
  /** What is in view, in canvas units. */
  get seen(): Rectangle | undefined {
    return this.#seen;
  }
  get minimap(): boolean {
    return this.#minimap;
  }
  /** Whether some of the drawing is out of view. */
  get overflows(): boolean {
    return this.#seen !== undefined && !lies(this.#scene.bounds, this.#seen);
  }
  /** The flow that was drawn just now, while its name and port are asked for. */
  get flowInHand(): string | undefined {
    return this.#flowInHand;
  }
  /** What the pointer looks like, as CSS names it. */
  get pointerShape(): string | undefined {
    if (this.#panning || this.#tool === 'hand') return 'grab';
    return this.#tool === 'select' ? this.#shape : 'crosshair';
  }
  get editable(): boolean {
    return this.project.editable;
  }
  /** The selected boxes, without those that lie inside another one of them. */
  get selectedItems(): readonly SceneItem[] {
    return this.#selectedItems;
  }

  item(ref: string): SceneItem | undefined {
    return itemOf(this.#scene, ref);
  }

  take(tool: Tool): void {
    this.#tool = tool;
    this.#origin = undefined;
    this.mark({});
  }

  /** Replaces the marks; what is not named goes. */
  mark(marks: Partial<Marks>): void {
    this.#marks = { ...noMarks, ...marks };
  }
  /** Points at a thing, the other marks stay. */
  hover(ref: string | undefined): void {
    const { hovered, ...others } = this.#marks;
    if (hovered === ref) return;
    this.#marks = ref === undefined ? others : { ...others, hovered: ref };
  }
  shape(shape: string | undefined): void {
    this.#shape = shape;
  }
  pan(panning: boolean): void {
    this.#panning = panning;
  }
  tell(hint: Hint | undefined): void {
    this.#hint = hint;
  }
  announce(text: string): void {
    // The same words twice are read twice.
    this.#announcement = this.#announcement === text ? `${text}\u00a0` : text;
  }

  walkTo(ref: string | undefined): void {
    this.#cursor = ref;
  }
  /** The next thing that is clicked, or walked to, is the other end of a line from here. */
  beginAt(ref: string | undefined): void {
    if (ref === undefined && this.#origin !== undefined) this.mark({});
    this.#origin = ref;
  }
  askAbout(flow: string | undefined): void {
    this.#flowInHand = flow;
  }

  /** Shows things where they were left until the design says so itself. */
  hold(held: ReadonlyMap<string, Held>): () => void {
    this.#held = new Map([...this.#held, ...held]);
    return () => {
      this.#held = new Map([...this.#held].filter(([ref, place]) => held.get(ref) !== place));
    };
  }

  lookThrough(camera: Camera | undefined): void {
    this.#camera = camera;
  }
  takeView(viewport: Viewport, size: Size): void {
    this.#scale = viewport.scale;
    this.#seen = seenFrom(viewport, size);
  }

  toggleMinimap(): void {
    this.#minimap = !this.#minimap;
  }

  /** Zooms about the middle of the view; each time from where it is on its way to. */
  zoomBy(factor: number): void {
    this.#zoomTo((this.#camera?.target.scale ?? 1) * factor);
  }
  zoomToFull(): void {
    this.#zoomTo(1);
  }
  #zoomTo(wanted: number): void {
    const camera = this.#camera;
    if (!camera) return;
    const [least, most] = camera.scaleLimits;
    const scale = Math.min(most, Math.max(least, wanted));
    if (scale === camera.target.scale) return;
    camera.setViewport(zoomed(camera.target, camera.size, scale), { animate: true });
  }
  /** Brings a place into the middle of the view. */
  lookAt(at: Point): void {
    const camera = this.#camera;
    camera?.setViewport(centredOn(at, camera.size, camera.viewport.scale));
  }
  fit(): void {
    if (this.#scene.items.length > 0) this.#camera?.fit(this.#scene.bounds, { animate: true });
  }
  fitSelection(): void {
    const box = around(this.#selectedItems);
    if (box) this.#camera?.fit(box, { animate: true });
  }
  fitTo(ref: string): void {
    const item = this.item(ref);
    if (item) this.#camera?.fit(item, { animate: true });
  }
  /** Moves the view just so far that the thing is in it; shows everything where it is too large for that. */
  reveal(ref: string): void {
    const camera = this.#camera;
    const item = this.item(ref);
    if (!camera || !item) return;
    if (item.container && !item.collapsed && !this.#willSee(item)) this.fit();
    else this.#go(movedTo(camera.target, camera.size, item));
  }
  /** Brings a box into view, large enough to be read. */
  bring(box: Rectangle): void {
    const camera = this.#camera;
    if (camera) this.#go(broughtTo(camera.target, camera.size, box));
  }
  /** Shows these things, or everything, where some of that is out of view. */
  keepInView(refs?: Iterable<string>): void {
    const boxes = refs && [...refs].flatMap((ref) => this.item(ref) ?? []);
    const box = boxes ? around(boxes) : this.#scene.bounds;
    if (box && !this.#willSee(box)) this.#camera?.fit(box, { animate: true });
  }
  #willSee(box: Rectangle): boolean {
    const camera = this.#camera;
    return camera !== undefined && lies(box, seenFrom(camera.target, camera.size));
  }
  #go(viewport: Viewport): void {
    if (viewport !== this.#camera?.target) this.#camera?.setViewport(viewport, { animate: true });
  }
  /** The middle of the view, in canvas units. */
  get middle(): Point {
    const camera = this.#camera;
    return camera
      ? camera.toUnits({ x: camera.size.width / 2, y: camera.size.height / 2 })
      : { x: 0, y: 0 };
  }
}

const drawings = new WeakMap<Project, Drawing>();

/** The drawing of a project: one, however many parts of the window work on it. */
export function drawingOf(session: Session, project: Project): Drawing {
  let drawing = drawings.get(project);
  if (!drawing) drawings.set(project, (drawing = new Drawing(session, project)));
  return drawing;
}
