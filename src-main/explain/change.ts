import type { Edit } from '../model/edits.ts';
import type { Design, Entity, EntityOf, HostLike, Node } from '../model/design.ts';
import { collections, entityKinds, type EntityKind } from '../model/ids.ts';
import type { RemedyCode, RemedyFacts, RemedySaying } from './vocabulary.ts';

/** A change that may help: what it is, how large, and how it is made. */
export interface Candidate {
  readonly saying: RemedySaying;
  /** The design with it; undefined where it has lost its object. */
  readonly change: (design: Design) => Design | undefined;
  /** It leads the flow to somebody else than the design says, or has a program do what it does not: a last resort. */
  readonly isGuess: boolean;
}

const guesses: ReadonlySet<RemedyCode> = new Set<RemedyCode>([
  'record-add',
  'record-change',
  'dnat-change',
  'listener-add',
  'proxy-set',
  'no-proxy-remove',
  'selector-set',
  'endpoint-port-set',
  'ingress-rule-add',
  'member-add',
  'pod-mtu',
]);

export const candidate = <Code extends keyof RemedyFacts>(
  code: Code,
  detail: RemedyFacts[Code],
  change: Candidate['change'],
): Candidate =>
  // A code and its facts belong together by the signature.
  ({ saying: { code, detail } as RemedySaying, change, isGuess: guesses.has(code) });

/** The design with one entity changed; undefined where there is none, or the change has nothing to say. */
export function changed<Kind extends EntityKind>(
  design: Design,
  kind: Kind,
  id: string,
  change: (entity: EntityOf<Kind>) => EntityOf<Kind> | undefined,
): Design | undefined {
  const key = collections[kind];
  const items = (design[key] ?? []) as readonly Entity[];
  const at = items.findIndex((item) => item.id === id);
  const next = at < 0 ? undefined : change(items[at] as EntityOf<Kind>);
  if (!next) return undefined;
  return { ...design, [key]: items.with(at, next) };
}

export function added<Kind extends EntityKind>(
  design: Design,
  kind: Kind,
  entity: EntityOf<Kind>,
): Design {
  const key = collections[kind];
  return { ...design, [key]: [...((design[key] ?? []) as readonly Entity[]), entity] };
}

export const isHostLike = (node: Node): node is HostLike =>
  node.kind === 'host' || node.kind === 'router' || node.kind === 'edge-gateway';

export const changedHost = (
  design: Design,
  id: string,
  change: (node: HostLike) => HostLike | undefined,
): Design | undefined =>
  changed(design, 'node', id, (node) => (isHostLike(node) ? change(node) : undefined));

export const nodeOf = (design: Design, id: string): Node | undefined =>
  design.nodes?.find((node) => node.id === id);

export function hostOf(design: Design, id: string): HostLike | undefined {
  const node = nodeOf(design, id);
  return node && isHostLike(node) ? node : undefined;
}

/** `base`, or the first of `base-2`, `base-3`… that is not taken. */
export function freeId(base: string, taken: readonly (string | undefined)[]): string {
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(id)) return id;
  }
}

/** The edits that lead from one design to the other. */
export function editsBetween(before: Design, after: Design): readonly Edit[] {
  return entityKinds.flatMap((kind): readonly Edit[] => {
    const key = collections[kind];
    const old = (before[key] ?? []) as readonly Entity[];
    const now = (after[key] ?? []) as readonly Entity[];
    if (old === now) return [];
    const known = new Map(old.map((item) => [item.id, item]));
    const kept = new Set(now.map(({ id }) => id));
    return [
      ...old
        .filter(({ id }) => !kept.has(id))
        .map(({ id }): Edit => ({ kind: 'remove', entity: kind, id })),
      ...now
        .filter((item) => known.get(item.id) !== item)
        .map((value): Edit => ({ kind: 'put', entity: kind, value })),
    ];
  });
}
