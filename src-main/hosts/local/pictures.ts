import type { Pictures, PictureWish } from '../../app/ports.ts';
import type { Design } from '../../model/design.ts';
import type { Hop } from '../../sim/vocabulary/step.ts';
import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import { around, overlaps } from '../../../src-renderer/geometry/rectangle.ts';
import { unfoldedBoxes } from '../../../src-renderer/geometry/scene-boxes.ts';
import type { Rectangle, Scene, SceneItem } from '../../../src-renderer/geometry/scene.ts';
import { tracePath, type TraceWay } from '../../../src-renderer/geometry/trace-path.ts';
import { svgPicture, type PictureWish as Drawn } from '../../../src-renderer/canvas/picture.ts';

/** Draws with the window's own code. */
export const localPictures: Pictures = {
  boxes: (design) => unfoldedBoxes(design),
  draw(design, { view, title, dark = false, only, way }) {
    const scene = sceneOf(design, view);
    if (scene.items.length === 0) return undefined;
    const drawn = way && tracePath(scene, way.hops);
    const along = way?.hops.flatMap((hop) => itemAt(scene, refOf(hop)) ?? []);
    // A way is shown with what it leads through, the rest of the drawing is left out.
    const part = only ? partOf(scene, only) : along && around([...along, ...dotsOf(drawn)]);
    if ((only || way) && !part) return undefined;
    const without = only || !along ? undefined : crowdAround(scene, along, part);
    return svgPicture({
      scene,
      title,
      dark,
      ...(part ? { only: part } : {}),
      ...(without ? { without } : {}),
      ...(way && drawn && drawn.points.length > 0
        ? {
            way: {
              points: drawn.points,
              tone: way.tone,
              hops: way.hops.flatMap((_, at) => {
                const point = drawn.points[drawn.pointOfHop[at] ?? 0];
                return point ? [{ at: point, number: at + 1 }] : [];
              }),
            },
          }
        : {}),
    });
  },
};

const scenes = new WeakMap<Design, Map<string, Scene>>();

/** A report draws one scene for all of its flows. */
function sceneOf(design: Design, view: PictureWish['view']): Scene {
  const known = scenes.get(design) ?? new Map<string, Scene>();
  scenes.set(design, known);
  const scene = known.get(view) ?? buildScene(design, { view, hiddenTags: [] }, []);
  known.set(view, scene);
  return scene;
}

/** What the drawing calls the node of a hop; undefined for a sender that is not drawn. */
const refOf = ({ node, nodeKind }: Hop): string | undefined =>
  nodeKind === 'address' ? undefined : nodeKind === 'pod' ? `pod:${node}` : `node:${node}`;

const itemAt = ({ items, indexOf }: Scene, ref: string | undefined) =>
  ref === undefined ? undefined : items[indexOf.get(ref) ?? -1];

const partOf = (scene: Scene, refs: readonly string[]) =>
  around(refs.flatMap((ref) => itemAt(scene, ref) ?? []));

/** Lines lead out of the rectangle around the boxes that they join. */
const dotsOf = (way: TraceWay | undefined): readonly Rectangle[] =>
  (way?.points ?? []).map(({ x, y }) => ({ x, y, width: 0, height: 0 }));

/** As many machines as may be seen beside a way. */
const crowd = 40;

/** Where a way leads past many machines, they and their lines are left out. */
function crowdAround(
  { items, edges }: Scene,
  along: readonly SceneItem[],
  part: Rectangle | undefined,
): Drawn['without'] {
  const kept = new Set(along);
  const others = new Set(
    items.flatMap((item, at) =>
      item.container || item.kind.is === 'segment' || kept.has(item) ? [] : [at],
    ),
  );
  const beside = items.filter((item, at) => others.has(at) && part && overlaps(item, part));
  if (beside.length <= crowd) return undefined;
  const lines = edges.flatMap(({ from, to }, at) =>
    others.has(from) || others.has(to) ? [at] : [],
  );
  return { items: others, edges: new Set(lines) };
}
