import type { Call } from './calls.ts';

/** The calls of one project, the one whose turn it is first. */
export interface Turns {
  /** Puts the call in its place. True where it is its turn already. */
  join(project: string, call: Call): boolean;
  /** The turn is over. The call whose turn it is now, where there is one. */
  next(project: string): Call | undefined;
  /** The call of each project whose turn it is. */
  current(): readonly (readonly [project: string, call: Call])[];
  /** Everything that waits, which waits no more. */
  clear(): readonly Call[];
}

export function createTurns(): Turns {
  const lines = new Map<string, Call[]>();
  return {
    join(project, call) {
      const line = lines.get(project);
      if (line) line.push(call);
      else lines.set(project, [call]);
      return line === undefined;
    },
    next(project) {
      const line = lines.get(project);
      line?.shift();
      if (line?.length === 0) lines.delete(project);
      return line?.[0];
    },
    current: () =>
      [...lines].flatMap(([project, [call]]) => (call ? [[project, call] as const] : [])),
    clear() {
      const calls = [...lines.values()].flat();
      lines.clear();
      return calls;
    },
  };
}
