import type { Cluster, Design, Workload } from '../../model/design.ts';
import { parseInterfaceAddress, parseIp } from '../../model/ip.ts';

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
  /** Addresses of the nodes that an ingress controller of the host network runs on, by each of them. */
  readonly #controllers = new Map<string, readonly string[]>();

  constructor(design: Design) {
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
    for (const cluster of design.clusters ?? []) this.#addControllers(design, cluster);
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

  #addControllers(design: Design, cluster: Cluster): void {
    const { ingressController, otherIngressControllers = [] } = cluster;
    const controllers = [
      ...(ingressController ? [ingressController] : []),
      ...otherIngressControllers,
    ];
    for (const { workload: id } of controllers) {
      const workload = design.workloads?.find((one) => one.id === id);
      if (!workload?.hostNetwork) continue;
      const addresses = workload.pods.flatMap(({ node }) => nodeAddresses(design, cluster, node));
      for (const family of ['.', ':']) {
        const own = [...new Set(addresses.filter((text) => text.includes(family)))];
        for (const text of own) this.#controllers.set(`${cluster.id} ${text}`, own);
      }
    }
  }
}

/** The addresses that a node is known by in its cluster. */
function nodeAddresses(design: Design, cluster: Cluster, id: string): readonly string[] {
  const given = cluster.nodes.find(({ node }) => node === id)?.addresses;
  if (given && given.length > 0) return given.map((text) => parseIp(text)?.text ?? text);
  const node = design.nodes?.find((one) => one.id === id);
  const all = (node?.interfaces ?? []).flatMap(({ addresses }) =>
    (addresses ?? []).flatMap((text) => parseInterfaceAddress(text)?.ip.text ?? []),
  );
  const first = (family: string) => all.filter((text) => text.includes(family)).slice(0, 1);
  return [...first('.'), ...first(':')];
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
