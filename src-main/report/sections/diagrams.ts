import type { Block, Section } from '../document.ts';
import type { ReportPicture } from '../input.ts';
import type { Speaker } from '../speaker.ts';

/** The design as it is drawn, view by view: as a whole, and part by part where the whole would be too small to read. */
export function diagram(speaker: Speaker): Section | undefined {
  const { t, input } = speaker;
  const [first, ...others] = input.pictures.map((picture) => figure(speaker, picture));
  if (!first) return undefined;
  const legend: readonly Block[] = input.legend
    ? [{ kind: 'figure', ...input.legend, caption: t.legend.title, legend: true }]
    : [];
  return {
    id: 'diagram',
    title: t.diagram,
    onNewPage: true,
    // The heading has to have something on its page: figures have theirs to themselves.
    blocks: [...legend, first, ...others],
  };
}

function figure(speaker: Speaker, picture: ReportPicture): Block {
  const { svg, width, height } = picture;
  return {
    kind: 'figure',
    svg,
    width,
    height,
    caption: captionOf(speaker, picture),
    ownPage: true,
  };
}

function captionOf({ t, nameOf }: Speaker, { view, of, overview, piece }: ReportPicture): string {
  const whole = t.views[view];
  const what =
    of.length > 0
      ? t.partOf(whole, of.map(nameOf).join(', '))
      : overview
        ? t.overviewOf(whole)
        : whole;
  const folded = of.length > 0 && overview ? t.folded(what) : what;
  return piece ? t.pieceOf(folded, piece.number, piece.count) : folded;
}
