import { tick } from 'svelte';
import { buildScene } from '../geometry/build-scene.ts';
import type { Rectangle, Scene } from '../geometry/scene.ts';
import type { DrawingEdits } from './drawing-edits.svelte.ts';
import { around } from './drawing-scene.ts';
import type { Drawing } from './drawing.svelte.ts';
import type { Project } from './project.svelte.ts';

/**
 * Brings what was looked for into view, large enough to be read: in another view of the design where this one does not
 * show it, and out of the containers that are folded around it.
 */
export async function bringIntoView(
  drawing: Drawing,
  edits: DrawingEdits,
  ref: string,
): Promise<void> {
  const refs = drawnFor(drawing.project, ref);
  if (refs.length === 0) return;
  await lookWhereShown(drawing, refs);
  for (const one of refs) await unfoldAround(drawing, edits, one);
  // The page shows the other view, whole, before it is looked at more closely.
  await tick();
  const box = around(refs.flatMap((one) => boxOf(drawing.scene, one) ?? []));
  if (box) drawing.bring(box);
}

/** What of the drawing stands for a thing: itself, the pods of a workload, the cluster of a service. */
function drawnFor(project: Project, ref: string): readonly string[] {
  const { design } = project;
  const [kind, id] = [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)];
  switch (kind) {
    case 'workload': {
      const workload = design.workloads?.find((one) => one.id === id);
      const pods = workload?.pods.map((pod) => `pod:${pod.id}`) ?? [];
      return pods.length > 0 || !workload ? pods : [`cluster:${workload.cluster}`];
    }
    case 'service':
    case 'ingress':
    case 'network-policy':
    case 'calico-policy':
    case 'host-endpoint': {
      const found = project.entity(ref);
      return found && 'cluster' in found ? [`cluster:${found.cluster}`] : [];
    }
    default:
      return [ref];
  }
}

const isIn = ({ indexOf, edgeIndexOf }: Scene, ref: string): boolean =>
  indexOf.has(ref) || edgeIndexOf.has(ref);

/** In this view, else in that of all; pods are found where nodes are not folded around them. */
async function lookWhereShown(drawing: Drawing, refs: readonly string[]): Promise<void> {
  const { view } = drawing.project;
  const pods = refs.every((ref) => ref.startsWith('pod:'));
  if (refs.every((ref) => (pods ? drawing.item(ref) : isIn(drawing.scene, ref)))) return;
  const { design } = drawing.project;
  const other = pods ? 'kubernetes' : 'all';
  const whole = buildScene(design, { view: other, hiddenTags: [] }, []);
  if (!refs.some((ref) => isIn(whole, ref))) return;
  view.look(other);
  if (!refs.every((ref) => isIn(drawing.scene, ref))) view.showAllTags();
  await tick();
}

/** Unfolds one container after the other, from the outside; what may not be edited stays as it is. */
async function unfoldAround(drawing: Drawing, edits: DrawingEdits, ref: string): Promise<void> {
  let folded: string | undefined;
  while (drawing.editable) {
    const { items, indexOf } = drawing.scene;
    const holder = items[indexOf.get(ref) ?? -1];
    if (!holder || holder.ref === ref || holder.ref === folded) return;
    folded = holder.ref;
    await edits.fold(holder.ref, false);
  }
}

function boxOf({ items, indexOf, edges, edgeIndexOf }: Scene, ref: string): Rectangle | undefined {
  const edge = edges[edgeIndexOf.get(ref) ?? -1];
  if (!edge) return items[indexOf.get(ref) ?? -1];
  return around([edge.from, edge.to].flatMap((index) => items[index] ?? []));
}
