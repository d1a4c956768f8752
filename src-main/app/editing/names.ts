import { idPattern, type EntityKind } from '../../model/ids.ts';
import { limits } from '../../model/limits.ts';
import type { WorkingCopy } from './working-copy.ts';

/** Longest id; see `idPattern`. */
const idLength = 63;

/** `router-3`: the base and the first number from 1 that no entity of the kind has. */
export function freshId(copy: WorkingCopy, kind: EntityKind, base: string): string {
  return firstFree(base, (id) => copy.has(kind, id));
}

export function freshPodId(copy: WorkingCopy, base: string): string {
  const taken = podIds(copy);
  return firstFree(base, (id) => taken.has(id));
}

export function podIds(copy: WorkingCopy): Set<string> {
  const ids = new Set<string>();
  for (const workload of copy.all('workload')) for (const pod of workload.pods) ids.add(pod.id);
  return ids;
}

export function firstFree(base: string, isTaken: (id: string) => boolean, from = 1): string {
  for (let number = from; ; number += 1) {
    const ending = `-${number}`;
    const id = `${base.slice(0, idLength - ending.length)}${ending}`;
    if (!isTaken(id)) return id;
  }
}

/** The id as it is if nobody has it, with a number otherwise. */
export function plainOrNumbered(id: string, isTaken: (id: string) => boolean): string {
  return idPattern.test(id) && !isTaken(id) ? id : firstFree(stem(id), isTaken, 2);
}

/** An id without the number at its end. */
export const stem = (id: string): string => id.replace(/-\d+$/, '');

/** `Router 2` of `Router` and `router-2`. */
export function numberedName(base: string, id: string): string {
  const number = /-(\d+)$/.exec(id)?.[1];
  return number === undefined ? base : `${base.slice(0, limits.nameLength - 20)} ${number}`;
}
