import { stringify } from 'yaml';
import type { Network } from '../../sim/index.ts';
import { topologyOf, yamlStyle, type TopologyOptions } from '../containerlab/topology.ts';
import { leftOut, type Exported } from '../exchange.ts';

export type ClabernetesOptions = Pick<TopologyOptions, 'image'>;

/**
 * A design as a lab in Kubernetes: the custom resource that clabernetes makes a pod of for each node
 * (containerlab.dev/manual/clabernetes/configuration). Kubernetes gives each pod its `eth0`, so that no interface is called so.
 */
export function clabernetesOf(network: Network, options: ClabernetesOptions = {}): Exported {
  const { lab, name, text } = topologyOf(network, { ...options, reservedNames: ['eth0'] });
  const resource = {
    apiVersion: 'clabernetes.containerlab.dev/v1alpha1',
    kind: 'Topology',
    metadata: { name },
    spec: {
      // Nothing of the lab is to be reached from outside.
      expose: { disableExpose: true },
      // Settings of the kernel and rules of iptables are the nodes' own.
      deployment: { privilegedLauncher: true },
      definition: { containerlab: text },
    },
  };
  return {
    files: [
      {
        path: `${name}.topology.yaml`,
        content: stringify(resource, yamlStyle),
      },
    ],
    leftOut: [leftOut('design', '', 'wires-are-tunnels'), ...lab.leftOut],
  };
}
