import type { Cluster, Design, Workload } from '../../model/design.ts';
import { parseIp } from '../../model/ip.ts';
import type { Interface, Network } from '../../sim/compile/network.ts';

type Labels = Readonly<Record<string, string>>;

/** A pod that policies are for: none of the host network, which they take for its node. */
export interface GovernedPod {
  readonly id: string;
  readonly cluster: string;
  readonly workload: Workload;
}

/** Who is whom to the policies of a design's clusters. */
export class Endpoints {
  readonly #pods = new Map<string, GovernedPod>();
  /** By cluster and address. */
  readonly #byAddress = new Map<string, GovernedPod>();
  /** Addresses that an ingress controller of the host network may come from, by each of them. */
  readonly #controllers = new Map<string, readonly string[]>();

  constructor(design: Design, network: Network) {
    for (const workload of design.workloads ?? []) {
      if (workload.hostNetwork) continue;
      for (const { id, addresses } of workload.pods) {
        const pod = { id, cluster: workload.cluster, workload };
        this.#pods.set(id, pod);
        for (const text of addresses ?? []) {
          this.#byAddress.set(`${workload.cluster} ${parseIp(text)?.text ?? text}`, pod);
        }
      }
    }
    for (const cluster of design.clusters ?? []) this.#addControllers(design, cluster, network);
  }

  pod(id: string): GovernedPod | undefined {
    return this.#pods.get(id);
  }

  /** The pod that an address is of, within a cluster; of another cluster's it knows nothing. */
  at(cluster: string, address: string): GovernedPod | undefined {
    return this.#byAddress.get(`${cluster} ${address}`);
  }

  /** All addresses that the same controller may come from, where it is one's; else the address alone. */
  alike(cluster: string, address: string): readonly string[] {
    return this.#controllers.get(`${cluster} ${address}`) ?? [address];
  }

  /** An ingress controller may move to another of its nodes, and then comes from what is the same there. */
  #addControllers(design: Design, cluster: Cluster, network: Network): void {
    const { ingressController, otherIngressControllers = [] } = cluster;
    for (const controller of [ingressController, ...otherIngressControllers]) {
      const workload = design.workloads?.find(({ id }) => id === controller?.workload);
      if (!workload?.hostNetwork) continue;
      const byRole = new Map<string, Set<string>>();
      for (const { node } of workload.pods) {
        const device = network.devices[network.deviceByNode.get(node) ?? -1];
        for (const index of device?.interfaces ?? []) {
          const { id, tunnel, addresses } = network.interfaces[index] as Interface;
          for (const { family, text } of addresses) {
            const role = `${tunnel ?? `interface ${id}`} ${family}`;
            byRole.set(role, (byRole.get(role) ?? new Set()).add(text));
          }
        }
      }
      for (const alike of byRole.values()) {
        for (const text of alike) this.#controllers.set(`${cluster.id} ${text}`, [...alike]);
      }
    }
  }
}

/** The labels that a policy knows a workload's pods by. */
export const labelsOf = ({ labels }: Workload): Labels => labels ?? {};
export const hasLabels = (workload: Workload): boolean =>
  Object.keys(labelsOf(workload)).length > 0;

/** Whether a selector made of one workload's labels picks the pods of another as well. */
export function picks(by: Workload, other: Workload): boolean {
  return (
    by.cluster === other.cluster &&
    by.namespace === other.namespace &&
    Object.entries(labelsOf(by)).every(([key, value]) => other.labels?.[key] === value)
  );
}

/** A single address as a prefix. */
export const hostCidr = (address: string): string =>
  `${address}/${address.includes(':') ? 128 : 32}`;
