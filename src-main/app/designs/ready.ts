import type { Edit } from '../../contract/index.ts';
import type { Design } from '../../model/design.ts';
import { compile, type Network } from '../../sim/index.ts';

/** A design that has been checked. It is compiled when somebody first asks, and once. */
export interface OpenDesign {
  readonly design: Design;
  network(): Network;
}

export function readyDesign(design: Design): OpenDesign {
  let network: Network | undefined;
  return { design, network: () => (network ??= compile(design)) };
}

/** The design after edits. Where they only touch what packets do not see, the network stays the compiled one. */
export function readyAgain(before: OpenDesign, design: Design, edits: readonly Edit[]): OpenDesign {
  const isSeen = (edit: Edit) => edit.kind !== 'head' && !unseen.has(edit.entity);
  return edits.some(isSeen) ? readyDesign(design) : { design, network: () => before.network() };
}

/** Where things are drawn, and the questions that are asked of the network. */
const unseen: ReadonlySet<string> = new Set(['layout', 'flow', 'intent', 'group']);
