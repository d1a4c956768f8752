import type { BackendClient } from '../api/backend.ts';
import type {
  Answer,
  Flow,
  Input,
  Leg,
  Output,
  ProjectState,
  Result,
} from '../../src-main/contract/index.ts';
import type { Point, Scene } from '../geometry/scene.ts';
import { positionBetween, tracePath, type TraceWay } from '../geometry/trace-path.ts';
import { refOfHop } from './follow-place.ts';
import { Playback, type Speed, type Stage } from './follow-playback.svelte.ts';
import { idle, loading, type Loading } from './loading.ts';
import { Reading, type Direction } from './reading.svelte.ts';
import type { Selection } from './selection.svelte.ts';

/** What the canvas draws of the trace that is read. */
export interface PacketPath {
  readonly points: readonly Point[];
  readonly tone: 'good' | 'warn' | 'bad';
  /** Index of a point plus a fraction of the way to the next. */
  readonly position: number;
  readonly depth: readonly number[];
}

type Simulated = Output<'flow.simulate'>;

/** The flow that is read: its result, the step that is looked at, and the packet that moves along its way. */
export class Follow {
  readonly #backend: BackendClient;
  readonly #selection: Selection;
  readonly #project: () => ProjectState;
  readonly #playback: Playback;
  #choice = $state.raw<string | Flow>();
  #simulated = $state.raw<Loading<Simulated>>(idle);
  #reading = $state.raw<Reading>();
  #everyPath = $state.raw(false);
  /** The thing of the drawing whose steps are lit up. */
  #lit = $state.raw<string>();
  /** What reading itself has selected: that is no wish to go there. */
  #shown: string | undefined;
  #asked = 0;
  /** The way of the leg that is read, as long as neither it nor the drawing changes. */
  #way: { readonly scene: Scene; readonly leg: Leg; readonly way: TraceWay } | undefined;

  constructor(
    backend: BackendClient,
    selection: Selection,
    project: () => ProjectState,
    stage?: Stage,
  ) {
    this.#backend = backend;
    this.#selection = selection;
    this.#project = project;
    this.#playback = new Playback(() => this.#onward(), stage);
  }

  /** The id of the flow of the design that is read. */
  get flow(): string | undefined {
    return typeof this.#choice === 'string' ? this.#choice : undefined;
  }
  /** Whether there is anything to read, or will be. */
  get open(): boolean {
    return this.#choice !== undefined;
  }
  get simulated(): Loading<Simulated> {
    return this.#simulated;
  }
  get reading(): Reading | undefined {
    return this.#reading;
  }
  get result(): Result | undefined {
    return this.#reading?.result;
  }
  /** Whether every path is followed, or only the likely one. */
  get everyPath(): boolean {
    return this.#everyPath;
  }
  get playing(): boolean {
    return this.#playback.playing;
  }
  get speed(): Speed {
    return this.#playback.speed;
  }
  get lit(): string | undefined {
    return this.#lit;
  }

  /** Opens the trace of a flow of the design, or of one that is only asked about; with `path`, that one of all paths. */
  async read(flow: string | Flow, path?: number): Promise<void> {
    if (flow === this.#choice && this.#reading && path === undefined) return;
    this.#forget();
    this.#everyPath = path !== undefined;
    this.#choice = flow;
    this.#simulated = loading;
    await this.#simulate();
    if (path !== undefined && flow === this.#choice) this.takePath(path);
  }

  close(): void {
    this.#asked++;
    this.#forget();
    this.#choice = undefined;
    this.#simulated = idle;
  }

  /** Simulates again after an edit, and stays where reading was as near as can be. */
  async refresh(): Promise<void> {
    if (this.#choice !== undefined) await this.#simulate();
  }

  async followEveryPath(every: boolean): Promise<void> {
    if (every === this.#everyPath) return;
    this.#everyPath = every;
    await this.#simulate();
  }

  async #simulate(): Promise<void> {
    const asked = ++this.#asked;
    const flow = this.#choice;
    if (flow === undefined) return;
    const { project } = this.#project();
    const answer = await this.#backend.call('flow.simulate', {
      source: { kind: 'project', project },
      // What calls take is what designs hold, but for `readonly`.
      flow: flow as Input<'flow.simulate'>['flow'],
      ...(this.#everyPath ? { allPaths: true } : {}),
    });
    if (asked === this.#asked) this.#take(answer);
  }

  #take(answer: Answer<Simulated>): void {
    if (!answer.ok) {
      if (answer.error.code === 'flow-unknown') this.close();
      else {
        this.#forget();
        this.#simulated = { state: 'failed', error: answer.error };
      }
      return;
    }
    this.#simulated = { state: 'ready', value: answer.value };
    this.#reading = new Reading(answer.value.result, this.#reading);
    this.#playback.jump(this.#reading.at ?? 0);
  }

  #forget(): void {
    this.#playback.end();
    this.#reading = undefined;
    this.#lit = undefined;
    this.#way = undefined;
  }

  turn(direction: Direction): void {
    this.pause();
    this.#reading?.turn(direction);
    this.#playback.jump(this.#reading?.at ?? 0);
  }

  takePath(path: number): void {
    this.pause();
    this.#reading?.take(path);
    this.#playback.jump(this.#reading?.at ?? 0);
  }

  choose(step: number): void {
    const reading = this.#reading;
    if (!reading) return;
    const legBefore = reading.current?.legAt;
    reading.choose(step);
    const at = reading.at ?? 0;
    // Another leg has a way of its own: there is nothing to glide along.
    if (legBefore === reading.current?.legAt) this.#playback.glide(at);
    else this.#playback.jump(at);
  }

  /** One step on or back by the reader's own hand: playing ends. */
  move(by: number): void {
    this.pause();
    this.choose((this.#reading?.at ?? -1) + by);
  }

  #onward(): boolean {
    const reading = this.#reading;
    if (!reading || reading.atEnd) return false;
    this.choose((reading.at ?? -1) + 1);
    return !reading.atEnd;
  }

  /** Plays on from here; from the beginning where this is the end. */
  play(): void {
    if (!this.#reading) return;
    if (this.#reading.atEnd) this.choose(0);
    this.#playback.play();
  }
  pause(): void {
    this.#playback.pause();
  }
  playOrPause(): void {
    if (this.playing) this.pause();
    else this.play();
  }
  runAt(speed: Speed): void {
    this.#playback.runAt(speed);
  }

  /**
   * Something was clicked on the drawing: its steps light up, and the next of them is gone to. True where the trace
   * that is read has steps there.
   */
  showNode(ref: string): boolean {
    const reading = this.#reading;
    if (!reading) return false;
    const there = reading.steps.filter(({ hop }) => refOfHop(hop) === ref);
    this.#lit = there.length > 0 ? ref : undefined;
    const at = reading.at ?? 0;
    const first = there.find((step) => step.index >= at) ?? there[0];
    if (!first) return false;
    this.pause();
    if (reading.current && refOfHop(reading.current.hop) !== ref) this.choose(first.index);
    return true;
  }

  /** Selects what a step speaks of, and shows the part of it that decided. Reading stays where it is. */
  showPlace({ ref, part }: { readonly ref: string; readonly part?: string }): void {
    this.#shown = ref;
    this.#selection.show(ref, part);
  }

  /** Something else was selected on the drawing or in the outline: its steps are shown. */
  takeSelection(ref: string | undefined): void {
    if (ref === this.#shown) return;
    this.#shown = undefined;
    if (ref === undefined) this.#lit = undefined;
    else this.showNode(ref);
  }

  /** The trace that is read as a pcapng file. */
  async capture(): Promise<Answer<Output<'trace.pcap'>> | undefined> {
    const flow = this.#choice;
    if (flow === undefined) return undefined;
    return this.#backend.call('trace.pcap', {
      source: { kind: 'project', project: this.#project().project },
      flow: flow as Input<'trace.pcap'>['flow'],
      ...(this.#everyPath ? { path: this.#reading?.path ?? 0 } : {}),
    });
  }

  /** What the canvas draws on top of the scene. */
  path(scene: Scene): PacketPath | undefined {
    const reading = this.#reading;
    const leg = reading?.current?.leg;
    if (!reading || !leg) return undefined;
    const known = this.#way;
    const way =
      known?.scene === scene && known.leg === leg ? known.way : tracePath(scene, leg.hops);
    this.#way = { scene, leg, way };
    if (way.points.length === 0) return undefined;
    const { points, depth } = way;
    return { points, depth, position: this.#position(reading, way), tone: toneOf(leg) };
  }

  /** Where the packet is on the way: at a hop's point, or between the points of two. */
  #position({ steps }: Reading, { points, pointOfHop }: TraceWay): number {
    const { shown } = this.#playback;
    const pointOf = (step: number) => pointOfHop[steps[step]?.hopAt ?? 0] ?? 0;
    const before = Math.max(0, Math.floor(shown));
    const after = Math.min(before + 1, steps.length - 1);
    return positionBetween(points, pointOf(before), pointOf(after), shown - before);
  }

  /** The flow as it was simulated. */
  get simulatedFlow(): Flow | undefined {
    return this.#simulated.state === 'ready' ? this.#simulated.value.flow : undefined;
  }
}

/** Of the leg that is read, not of the whole: what got there is good, though a later leg may fail. */
function toneOf({ disposition }: Leg): PacketPath['tone'] {
  return disposition === 'delivered' || disposition === 'exits-network' ? 'good' : 'bad';
}
