import { SvelteMap } from 'svelte/reactivity';
import type { FreeAddress } from '../../src-main/contract/index.ts';
import type { Project } from './project.svelte.ts';
import type { Session } from './session.svelte.ts';

/** A pause in typing after which an address is asked about. */
const pauseMs = 150;

/** What is free on segments, and who has an address: asked when a form shows it, and anew when the design changes. */
export class Addresses {
  readonly #session: Session;
  readonly #project: Project;
  readonly #free = new SvelteMap<string, readonly FreeAddress[]>();
  readonly #owners = new SvelteMap<string, string | null>();
  readonly #asked = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session, project: Project) {
    this.#session = session;
    this.#project = project;
  }

  /** The subnets of a segment with their next free addresses; those of before while newer ones are on their way. */
  freeOn(segment: string): readonly FreeAddress[] {
    const { revision } = this.#project.state;
    if (this.#asked.get(segment) !== revision) {
      this.#asked.set(segment, revision);
      queueMicrotask(() => {
        this.#owners.clear();
        void this.#ask(segment);
      });
    }
    return this.#free.get(segment) ?? [];
  }

  /** Who has an address on a segment, as far as that is known yet. */
  ownerOf(segment: string, address: string): string | undefined {
    const key = `${segment} ${address}`;
    const known = this.#owners.get(key);
    if (known === undefined && /^[\da-f.:]{7,}$/i.test(address)) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#ask(segment, address), pauseMs);
    }
    return known ?? undefined;
  }

  async #ask(segment: string, address?: string): Promise<void> {
    const answer = await this.#session.backend.call('project.nextFree', {
      project: this.#project.state.project,
      segment,
      ...(address !== undefined && { address }),
    });
    if (!answer.ok) return;
    this.#free.set(segment, answer.value.subnets);
    if (address !== undefined) {
      this.#owners.set(`${segment} ${address}`, answer.value.taken ?? null);
    }
  }
}
