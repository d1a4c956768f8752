import type { PictureWish, Pictures, PixelSize } from '../../app/ports.ts';
import type { Design } from '../../model/design.ts';
import type { Hop } from '../../sim/vocabulary/step.ts';
import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import { divided } from '../../../src-renderer/geometry/divide.ts';
import {
  neighboursOf,
  partOfScene,
  withContents,
} from '../../../src-renderer/geometry/part-scene.ts';
import {
  boxesOf,
  linesOf,
  unfolded,
  unfoldedScene,
} from '../../../src-renderer/geometry/scene-boxes.ts';
import type { Scene } from '../../../src-renderer/geometry/scene.ts';
import { tracePath } from '../../../src-renderer/geometry/trace-path.ts';
import {
  forPaper,
  pictureMargin,
  svgLegend,
  svgPicture,
} from '../../../src-renderer/canvas/picture.ts';

/** Draws with the window's own code. */
export const localPictures: Pictures = {
  places(design) {
    const scene = unfoldedScene(design);
    return { boxes: boxesOf(scene), lines: linesOf(scene) };
  },

  draw(design, wish) {
    const { title, dark = false, way } = wish;
    const shown = sceneOf(design, wish);
    if (!shown) return undefined;
    const scene = forPaper(shown, { tight: wish.only !== undefined || way !== undefined });
    const drawn = way && tracePath(scene, way.hops);
    return svgPicture({
      scene,
      title,
      dark,
      ...(way && drawn && drawn.points.length > 0
        ? { way: { points: drawn.points, tone: way.tone, hops: marks(drawn.boxOfHop) } }
        : {}),
    });
  },

  figures(design, { view, title, pages }) {
    const scene = buildScene(unfolded(design), { view, hiddenTags: [] }, []);
    if (scene.items.length === 0) return [];
    const parts = divided(scene, {
      design,
      layOut: (part) => forPaper(part, { tight: true }),
      pages: { wanted: pages.wanted.map(inside), largest: inside(pages.largest) },
    });
    return parts.map(({ scene: part, ...about }) => ({
      ...svgPicture({ scene: part, title }),
      ...about,
    }));
  },

  legend(design, { views, words, ...wish }) {
    return svgLegend(
      views.map((view) => wholeScene(design, view)),
      words,
      wish,
    );
  },
};

const inside = ({ width, height }: PixelSize): PixelSize => ({
  width: width - 2 * pictureMargin,
  height: height - 2 * pictureMargin,
});

const scenes = new WeakMap<Design, Map<string, Scene>>();

/** A report draws one scene for all of its flows. */
function wholeScene(design: Design, view: PictureWish['view']): Scene {
  const known = scenes.get(design) ?? new Map<string, Scene>();
  scenes.set(design, known);
  const scene = known.get(view) ?? buildScene(design, { view, hiddenTags: [] }, []);
  known.set(view, scene);
  return scene;
}

/** What is asked for: the view, what some things are with what their lines lead to, or what a way leads through. */
function sceneOf(design: Design, { view, only, way }: PictureWish): Scene | undefined {
  const scene = wholeScene(design, view);
  if (scene.items.length === 0) return undefined;
  const indexes = (refs: readonly string[]) =>
    new Set(refs.flatMap((ref) => scene.indexOf.get(ref) ?? []));
  if (only) {
    const wanted = withContents(scene.items, indexes(only));
    if (wanted.size === 0) return undefined;
    return partOfScene(design, scene, {
      shown: new Set([...wanted, ...neighboursOf(scene, wanted)]),
    });
  }
  if (!way) return scene;
  const shown = indexes(way.hops.flatMap(refsOf));
  return shown.size === 0 ? undefined : partOfScene(design, scene, { shown });
}

/** What the drawing calls the node of a hop, where it runs, and what it sends into. */
function refsOf({ node, nodeKind, on, steps }: Hop): readonly string[] {
  const segments = steps.flatMap((step) =>
    step.kind === 'transmit' || step.kind === 'receive' ? [`segment:${step.detail.segment}`] : [],
  );
  const host = on === undefined ? [] : [`node:${on}`];
  if (nodeKind === 'address') return segments;
  return [nodeKind === 'pod' ? `pod:${node}` : `node:${node}`, ...host, ...segments];
}

/** A hop that no box shows is told at the one before it, or after it where none is before. */
function marks(boxOfHop: readonly (number | undefined)[]) {
  let box = boxOfHop.find((one) => one !== undefined);
  return boxOfHop.flatMap((own, at) => {
    box = own ?? box;
    return box === undefined ? [] : [{ box, number: at + 1 }];
  });
}
