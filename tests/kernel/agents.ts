/** A few agents, for scenes that run side by side. */
import { Agent } from './agent.ts';

export class Agents {
  readonly #all: Agent[];
  readonly #idle: Agent[];
  readonly #waiting: ((agent: Agent) => void)[] = [];

  constructor(count: number) {
    this.#all = Array.from({ length: count }, () => new Agent());
    this.#idle = [...this.#all];
  }

  /** Does something with an agent of one's own. */
  async use<T>(work: (agent: Agent) => Promise<T>): Promise<T> {
    const agent =
      this.#idle.pop() ?? (await new Promise<Agent>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(agent);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(agent);
      else this.#idle.push(agent);
    }
  }

  close(): void {
    for (const agent of this.#all) agent.close();
  }
}
