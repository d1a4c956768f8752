import type { Edit } from '../../contract/index.ts';
import type { Design } from '../../model/design.ts';
import { compile, type Network } from '../../sim/index.ts';

/** A design that has been checked. It is compiled when somebody first asks, and once. */
export interface OpenDesign {
  readonly design: Design;
  /** The same object for designs that differ only in how they are drawn, or what they are called. */
  readonly subject: object;
  network(): Network;
}

export function readyDesign(design: Design): OpenDesign {
  let network: Network | undefined;
  return { design, subject: design, network: () => (network ??= compile(design)) };
}

/** The design after edits. Where they only touch what packets do not see, the network stays the compiled one. */
export function readyAgain(before: OpenDesign, design: Design, edits: readonly Edit[]): OpenDesign {
  const touches = (kinds: ReadonlySet<string>) =>
    edits.every((edit) => edit.kind === 'head' || kinds.has(edit.entity));
  if (!touches(unseen)) return readyDesign(design);
  const subject = touches(drawing) ? before.subject : design;
  return { design, subject, network: () => before.network() };
}

const drawing: ReadonlySet<string> = new Set(['layout']);
/** Where things are drawn, and the questions that are asked of the network. */
const unseen: ReadonlySet<string> = new Set(['layout', 'flow', 'intent', 'group']);
