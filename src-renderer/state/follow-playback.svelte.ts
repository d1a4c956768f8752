/** What playing needs of the page: its clock, its frames, and whether its reader wants things to move. */
export interface Stage {
  now(): number;
  frame(run: () => void): number;
  cancelFrame(id: number): void;
  after(ms: number, run: () => void): number;
  cancelAfter(id: number): void;
  still(): boolean;
}

const pageStage: Stage = {
  now: () => performance.now(),
  frame: (run) => requestAnimationFrame(run),
  cancelFrame: (id) => cancelAnimationFrame(id),
  after: (ms, run) => window.setTimeout(run, ms),
  cancelAfter: (id) => clearTimeout(id),
  still: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
};

export const speeds = [0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** How long a step is looked at before the next, and how long the packet takes from one to the next; at speed 1. */
const dwellMs = 750;
const glideMs = 450;

/** Slow at both ends. */
const eased = (share: number): number =>
  share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2;

/** Where the packet is shown, as a step's index and a fraction of the way to the next; and the clock that moves it. */
export class Playback {
  readonly #stage: Stage;
  /** Goes one step on; false at the end. */
  readonly #advance: () => boolean;
  #shown = $state.raw(0);
  #playing = $state.raw(false);
  #speed = $state.raw<Speed>(1);
  #gliding: number | undefined;
  #waiting: number | undefined;

  constructor(advance: () => boolean, stage: Stage = pageStage) {
    this.#advance = advance;
    this.#stage = stage;
  }

  get shown(): number {
    return this.#shown;
  }
  get playing(): boolean {
    return this.#playing;
  }
  get speed(): Speed {
    return this.#speed;
  }

  runAt(speed: Speed): void {
    this.#speed = speed;
    if (this.#playing) this.#wait();
  }

  play(): void {
    this.#playing = true;
    this.#wait();
  }

  pause(): void {
    this.#playing = false;
    if (this.#waiting !== undefined) this.#stage.cancelAfter(this.#waiting);
    this.#waiting = undefined;
  }

  /** Shows another step at once. */
  jump(step: number): void {
    this.#endGlide();
    this.#shown = step;
  }

  /** Moves to another step, over what lies between; at once for those who want nothing to move. */
  glide(step: number): void {
    if (this.#stage.still()) {
      this.jump(step);
      return;
    }
    this.#endGlide();
    const from = this.#shown;
    const begun = this.#stage.now();
    const lastsMs = glideMs / this.#speed;
    const draw = () => {
      const share = Math.min(1, (this.#stage.now() - begun) / lastsMs);
      this.#shown = from + (step - from) * eased(share);
      this.#gliding = share < 1 ? this.#stage.frame(draw) : undefined;
    };
    this.#gliding = this.#stage.frame(draw);
  }

  end(): void {
    this.pause();
    this.#endGlide();
  }

  #endGlide(): void {
    if (this.#gliding !== undefined) this.#stage.cancelFrame(this.#gliding);
    this.#gliding = undefined;
  }

  #wait(): void {
    if (this.#waiting !== undefined) this.#stage.cancelAfter(this.#waiting);
    this.#waiting = this.#stage.after(dwellMs / this.#speed, () => {
      if (!this.#playing) return;
      if (this.#advance()) this.#wait();
      else this.pause();
    });
  }
}
