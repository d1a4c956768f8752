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
