/** A few agents, for scenes that run side by side: each has one to itself while it runs. */
import { Agent } from './agent.ts';

export class Agents {
  readonly #most: number;
  readonly #all: Agent[] = [];
  readonly #idle: Agent[] = [];
  readonly #waiting: ((agent: Agent) => void)[] = [];

  /** Starts no more than so many, and none before it is needed. */
  constructor(most: number) {
    this.#most = most;
  }

  async use<T>(work: (agent: Agent) => Promise<T>): Promise<T> {
    const agent = await this.#take();
    try {
      return await work(agent);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(agent);
      else this.#idle.push(agent);
    }
  }

  #take(): Agent | Promise<Agent> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.length === this.#most)
      return new Promise((resolve) => this.#waiting.push(resolve));
    const agent = new Agent();
    this.#all.push(agent);
    return agent;
  }

  close(): void {
    for (const agent of this.#all) agent.close();
  }
}
