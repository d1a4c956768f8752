import type { Handle, Hit } from '../../canvas/canvas.ts';
import type { Point } from '../../geometry/scene.ts';
import type { Drawing } from '../../state/drawing.svelte.ts';
import { findingsAt } from './faults.ts';
import { language } from '../../i18n/language.svelte.ts';
import { findingText } from '../checks/finding-words.ts';

/** How long a thing is pointed at before what is wrong with it is told. */
const tellAfterMs = 350;
const linesShown = 3;

export interface Hover {
  readonly point: (hit: Hit, at: Point) => void;
  readonly leave: () => void;
}

/** What the pointer rests on lights up; where a fault is marked, its sentence is told. */
export function createHover(drawing: Drawing): Hover {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told: string | undefined;

  const forget = () => {
    clearTimeout(timer);
    if (told !== undefined) drawing.tell(undefined);
    told = undefined;
  };
  return {
    point(hit, at) {
      const ref = refOf(drawing, hit);
      drawing.hover(ref);
      drawing.shape(shapeOf(drawing, hit));
      if (ref === told && ref !== undefined) return;
      forget();
      if (ref === undefined) return;
      timer = setTimeout(() => {
        const findings = findingsAt(drawing.project, ref);
        const [first] = findings;
        if (!first) return;
        told = ref;
        drawing.tell({
          at,
          tone: first.severity === 'error' ? 'bad' : 'warn',
          lines: findings.slice(0, linesShown).map((one) => findingText(one, language.code)),
        });
      }, tellAfterMs);
    },
    leave() {
      forget();
      drawing.hover(undefined);
      drawing.shape(undefined);
    },
  };
}

function refOf(drawing: Drawing, hit: Hit): string | undefined {
  if (hit.kind === 'ground') return undefined;
  if (hit.kind === 'edge') return drawing.scene.edges[hit.index]?.id;
  return drawing.scene.items[hit.index]?.ref;
}

const handleShapes: Readonly<Record<Handle, string>> = {
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
};

function shapeOf(drawing: Drawing, hit: Hit): string | undefined {
  if (hit.kind === 'handle') return handleShapes[hit.handle];
  if (hit.kind === 'port') return 'crosshair';
  if (hit.kind === 'edge') return 'pointer';
  if (hit.kind !== 'item') return undefined;
  if (hit.part === 'toggle') return 'pointer';
  const item = drawing.scene.items[hit.index];
  const selected = item && drawing.project.selection.refs.has(item.ref);
  return selected && drawing.editable && item.kind.is !== 'pod' ? 'move' : undefined;
}
