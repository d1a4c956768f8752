import type { Network } from '../../sim/index.ts';
import type { Exported } from '../exchange.ts';
import { topologyOf, type TopologyOptions } from './topology.ts';

export type ContainerlabOptions = Pick<TopologyOptions, 'image'>;

/** A design as the topology of a lab for containerlab: `containerlab deploy -t NAME.clab.yml` builds it of containers. */
export function containerlabOf(network: Network, options: ContainerlabOptions = {}): Exported {
  const { lab, name, text } = topologyOf(network, options);
  return { files: [{ path: `${name}.clab.yml`, content: text }], leftOut: lab.leftOut };
}
