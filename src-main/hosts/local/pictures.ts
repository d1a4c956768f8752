import type { Pictures } from '../../app/ports.ts';
import type { Hop } from '../../sim/vocabulary/step.ts';
import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import { around } from '../../../src-renderer/geometry/rectangle.ts';
import { boxesOf, linesOf, unfoldedScene } from '../../../src-renderer/geometry/scene-boxes.ts';
import type { Scene } from '../../../src-renderer/geometry/scene.ts';
import { tracePath } from '../../../src-renderer/geometry/trace-path.ts';
import { svgPicture } from '../../../src-renderer/canvas/picture.ts';

/** Draws with the window's own code. */
export const localPictures: Pictures = {
  places(design) {
    const scene = unfoldedScene(design);
    return { boxes: boxesOf(scene), lines: linesOf(scene) };
  },
  draw(design, { view, title, dark = false, only, way }) {
    const scene = buildScene(design, { view, hiddenTags: [] }, []);
    if (scene.items.length === 0) return undefined;
    // A way is shown with what it leads through, the rest of the drawing is left out.
    const along = way?.hops.flatMap((hop) => refOf(hop) ?? []);
    const part = only ? partOf(scene, only) : along && partOf(scene, along);
    if ((only || way) && !part) return undefined;
    const drawn = way && tracePath(scene, way.hops);
    return svgPicture({
      scene,
      title,
      dark,
      ...(part ? { only: part } : {}),
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

/** What the drawing calls the node of a hop; undefined for a sender that is not drawn. */
const refOf = ({ node, nodeKind }: Hop): string | undefined =>
  nodeKind === 'address' ? undefined : nodeKind === 'pod' ? `pod:${node}` : `node:${node}`;

const partOf = ({ items, indexOf }: Scene, refs: readonly string[]) =>
  around(
    refs.flatMap((ref) => {
      const item = items[indexOf.get(ref) ?? -1];
      return item ? [item] : [];
    }),
  );
