import { stringify } from 'yaml';
import type { Network } from '../../sim/index.ts';
import {
  podInterfaces,
  topologyOf,
  yamlStyle,
  type TopologyOptions,
} from '../containerlab/topology.ts';
import { leftOut, type Exported } from '../exchange.ts';

export type ClabernetesOptions = Pick<TopologyOptions, 'image'>;

/**
 * A design as a lab in Kubernetes: the custom resource that clabernetes makes a pod of for each node, as of its release 0.9
 * (https://c9s.run/docs/concepts/topology). What it cannot do in pods it refuses: nodes without any network, labels that are
 * none to Kubernetes.
 */
export function clabernetesOf(network: Network, options: ClabernetesOptions = {}): Exported {
  const { lab, name, text } = topologyOf(network, {
    ...options,
    inPods: true,
    reservedNames: podInterfaces,
  });
  const resource = {
    apiVersion: 'c9s.run/v1alpha1',
    kind: 'Topology',
    metadata: { name },
    spec: {
      // Nothing of the lab is to be reached from outside.
      expose: { disableExpose: true },
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
    leftOut: [leftOut('design', '', 'pods-have-a-network'), ...lab.leftOut],
  };
}
