import ELK from 'elkjs/lib/elk-api.js';
import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { elkGraph, placesOf } from '../geometry/elk-graph.ts';
import type { Arrange } from '../geometry/auto-layout.ts';
import { createWorker } from './worker.ts';

/** The layout engine in a worker of its own: a long computation does not hold the window up, and can be ended. */
export interface LayoutEngine {
  readonly arrange: Arrange;
  /** Ends the worker; what is being arranged is never answered. */
  stop(): void;
}

export function startLayoutEngine(): LayoutEngine {
  const elk = new ELK({
    workerFactory: () => createWorker(new URL(elkWorkerUrl, document.baseURI)),
  });
  return {
    arrange: async (task) =>
      placesOf((await elk.layout(elkGraph(task))) as ReturnType<typeof elkGraph>),
    stop: () => elk.terminateWorker(),
  };
}
