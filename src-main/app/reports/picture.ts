import { done, failed, type Answer, type Input, type Output } from '../../contract/index.ts';
import { simulate, type Result } from '../../sim/index.ts';
import type { OpenDesign } from '../designs/ready.ts';
import { chooseFlow } from '../flows/simulate.ts';
import type { Pictures, PictureWish } from '../ports.ts';

/** A picture of the design, of a part of it, or of a flow's way over it. */
export function drawPicture(
  pictures: Pictures | undefined,
  open: OpenDesign,
  { view = 'all', flow: choice, ...wish }: Omit<Input<'design.picture'>, 'source'>,
): Answer<Output<'design.picture'>> {
  if (!pictures) return failed('not-allowed', { reason: 'this host draws no pictures' });
  const { design } = open;
  if (choice === undefined) {
    const picture = pictures.draw(design, { ...wish, view, title: design.name });
    return picture ? done(picture) : failed('picture-empty', { what: emptyOf(view, wish) });
  }
  const flow = chooseFlow(design, choice);
  if (!flow.ok) return flow;
  const way = wayOf(simulate(open.network(), flow.value));
  const title = flow.value.name ?? flow.value.id;
  const picture = pictures.draw(design, { ...wish, view, title, ...(way ? { way } : {}) });
  return picture ? done(picture) : failed('picture-empty', { what: emptyOf(view, wish) });
}

const emptyOf = (view: string, { only }: { readonly only?: readonly string[] }): string =>
  only === undefined
    ? `view ${view} shows nothing of the design`
    : `none of ${only.slice(0, 5).join(', ')} is drawn in view ${view}`;

/** The hops of a flow's request, all of its connections one after the other, on the likely path. */
export function wayOf({ status, forward: [trace] }: Result): PictureWish['way'] {
  const hops = (trace?.legs ?? [])
    .filter(({ purpose }) => purpose === 'request')
    .flatMap((leg) => leg.hops);
  if (hops.length === 0) return undefined;
  return { hops, tone: status === 'reachable' ? 'good' : status === 'one-way' ? 'warn' : 'bad' };
}
