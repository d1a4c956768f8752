import type { Design } from '../../src-main/contract/index.ts';
import { visibleText } from '../i18n/visible-text.ts';
import { changedEntities } from './changed-entities.ts';
import type { ViewChoice } from './scene.ts';
import { redrawing, replanted, transplanted } from './thing-changes.ts';
import { hasOwnPlaces, layoutOf, movedIn } from './thing-places.ts';
import {
  folded,
  nodeRef,
  nodeThing,
  ref,
  reusing,
  roleOf,
  segmentThing,
  type Thing,
} from './thing.ts';
import { isHidden, survey, type Survey } from './view-contents.ts';

/** The things of a design as they were drawn before. */
export interface Grown {
  readonly design: Design;
  readonly choice: ViewChoice;
  readonly things: readonly Thing[];
}

const known = new WeakMap<Design, readonly Grown[]>();

/** What a view of a design was made to be; undefined where nobody has asked yet. */
export const grownOf = (design: Design, choice: ViewChoice): Grown | undefined =>
  known.get(design)?.find((one) => sameChoice(one.choice, choice));

/**
 * The things of a view as trees: what stands in what; made once for whoever asks. Of those before, what has not changed
 * stays the same objects, with all that is in it.
 */
export function thingsOf(design: Design, choice: ViewChoice, before?: Grown): readonly Thing[] {
  const last = grownOf(design, choice);
  if (last) return last.things;
  const things = grow(design, choice, before);
  known.set(design, [...(known.get(design) ?? []), { design, choice, things }]);
  return things;
}

function grow(design: Design, choice: ViewChoice, before: Grown | undefined): readonly Thing[] {
  const changed =
    before &&
    sameChoice(before.choice, choice) &&
    hasOwnPlaces(before.design, choice.view) === hasOwnPlaces(design, choice.view) &&
    changedEntities(before.design, design);
  const planted = changed && transplanted(before.things, design, choice, changed);
  if (planted) {
    const moved = movedIn(before.design, design, choice.view);
    return replanted(planted, moved, redrawing(changed, choice), choice);
  }
  const again = reusing(before?.things);
  const seen = survey(design, choice);
  const places = layoutOf(design, choice.view);
  const inside = new Map<string | undefined, Thing[]>();
  const put = (parent: string | undefined, thing: Thing): void => {
    const siblings = inside.get(parent);
    if (siblings) siblings.push(again(thing));
    else inside.set(parent, [again(thing)]);
  };
  const take = (parent: string): readonly Thing[] => inside.get(parent) ?? [];

  for (const segment of seen.segments) {
    const key = ref('segment', segment.id);
    put(seen.parentOf.get(key), segmentThing(segment, key, places.get(key)));
  }
  const pods = podsOf(design, seen, choice, again);
  // Hypervisors last: they hold other nodes.
  const inOrder = [
    ...seen.nodes.filter(({ kind }) => kind !== 'hypervisor'),
    ...seen.nodes.filter(({ kind }) => kind === 'hypervisor'),
  ];
  for (const node of inOrder) {
    const key = nodeRef(node);
    const held = node.kind === 'hypervisor' ? take(key) : (pods.get(node.id) ?? []);
    const member = seen.memberOf.get(node.id);
    const boxed = member !== undefined && seen.parentOf.get(key) === ref('cluster', member.id);
    put(
      seen.parentOf.get(key),
      nodeThing(node, held, places.get(key), {
        ...(member && !boxed && { cluster: visibleText(member.name ?? member.id) }),
        role: roleOf(node, member !== undefined),
        collapsed: choice.view !== 'kubernetes',
      }),
    );
  }
  for (const cluster of seen.clusters) {
    const key = ref('cluster', cluster.id);
    put(seen.parentOf.get(key), {
      ref: key,
      kind: { is: 'cluster' },
      label: visibleText(cluster.name ?? cluster.id),
      detail: cluster.podCidrs.join(', '),
      down: false,
      container: true,
      children: take(key),
      ...folded(places.get(key), false),
    });
  }
  for (const site of [...seen.sites].reverse()) {
    const key = ref('site', site.id);
    const thing: Thing = {
      ref: key,
      kind: { is: 'site', kind: site.kind },
      label: visibleText(site.name ?? site.id),
      detail: '',
      down: false,
      container: true,
      children: take(key),
      ...folded(places.get(key), false),
    };
    if (seen.emptySites || thing.children.length > 0) put(seen.parentOf.get(key), thing);
  }
  return inside.get(undefined) ?? [];
}

const sameChoice = (a: ViewChoice, b: ViewChoice): boolean =>
  a.view === b.view &&
  a.hiddenTags.length === b.hiddenTags.length &&
  a.hiddenTags.every((tag, index) => tag === b.hiddenTags[index]);

function podsOf(
  design: Design,
  seen: Survey,
  { hiddenTags, view }: ViewChoice,
  again: (thing: Thing) => Thing,
): ReadonlyMap<string, readonly Thing[]> {
  const pods = new Map<string, Thing[]>();
  if (view === 'underlay' || view === 'overlay') return pods;
  const hidden = new Set(hiddenTags);
  for (const workload of design.workloads ?? []) {
    if (isHidden(workload, hidden) || seen.hiddenClusters.has(workload.cluster)) continue;
    for (const pod of workload.pods) {
      const thing = again({
        ref: `pod:${pod.id}`,
        kind: { is: 'pod' },
        label: pod.id,
        detail: workload.namespace,
        down: pod.state !== undefined && pod.state !== 'ready',
        container: false,
        collapsed: false,
        children: [],
      });
      const others = pods.get(pod.node);
      if (others) others.push(thing);
      else pods.set(pod.node, [thing]);
    }
  }
  return pods;
}
