import type { Cluster, Workload } from '../../model/design.ts';
import { ip, type Ip } from '../../model/ip.ts';
import { buildAddressIndex, type AddressIndex } from './address-index.ts';
import { compileProtocol } from './matches.ts';

export type Labels = Readonly<Record<string, string>>;

/** Whatever a selector can pick: the pods of a workload, or a host endpoint. */
export interface Selectable {
  /** Null for host endpoints. */
  readonly namespace: string | null;
  readonly labels: Labels;
  readonly addresses: readonly Ip[];
  readonly ports: NonNullable<Workload['ports']>;
}

/** The label that Kubernetes puts on every namespace (`corev1.LabelMetadataName`). */
const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** Labels of all namespaces that are named or that something is in. */
export function namespaceLabels(
  cluster: Cluster,
  inUse: Iterable<string>,
): ReadonlyMap<string, Labels> {
  const found = new Map<string, Labels>();
  const add = (name: string, labels: Labels) =>
    found.set(name, { ...labels, [namespaceNameLabel]: name });
  for (const name of inUse) add(name, {});
  for (const { name, labels } of cluster.namespaces ?? []) add(name, labels ?? {});
  return found;
}

/** Pods on the host network are nodes to a policy: it neither selects them nor knows them as peers. */
export function selectablePods(workloads: readonly Workload[]): Selectable[] {
  return workloads
    .filter((workload) => !workload.hostNetwork)
    .map((workload) => ({
      namespace: workload.namespace,
      labels: workload.labels ?? {},
      addresses: workload.pods.flatMap((pod) => (pod.addresses ?? []).map(ip)),
      ports: workload.ports ?? [],
    }));
}

/** Collects the sets that rules name. Equal ones are made once. */
export class EndpointSets {
  readonly slots: AddressIndex;
  readonly sets: Int32Array[] = [];
  readonly namedPorts: Float64Array[] = [];
  private readonly endpoints: readonly Selectable[];
  private readonly slotOf = new Map<string, number>();
  private readonly setByKey = new Map<string, number>();
  private readonly portsByKey = new Map<string, number>();

  constructor(endpoints: readonly Selectable[]) {
    this.endpoints = endpoints;
    const entries: { ip: Ip; value: number }[] = [];
    for (const { addresses } of endpoints) {
      for (const address of addresses) {
        if (this.slotOf.has(address.text)) continue;
        this.slotOf.set(address.text, entries.length);
        entries.push({ ip: address, value: entries.length });
      }
    }
    this.slots = buildAddressIndex(entries);
  }

  /** The set of what `picks` picks; `key` tells apart selectors that differ. */
  set(key: string, picks: (endpoint: Selectable) => boolean): number {
    const known = this.setByKey.get(key);
    if (known !== undefined) return known;
    const slots = new Set<number>();
    for (const endpoint of this.endpoints) {
      if (!picks(endpoint)) continue;
      for (const address of endpoint.addresses) slots.add(this.slot(address));
    }
    this.setByKey.set(key, this.sets.length);
    return this.sets.push(Int32Array.from(slots).sort()) - 1;
  }

  /** The set of all endpoints' ports of that name and protocol, as each of them has it. */
  namedPort(name: string, protocol: number): number {
    const key = `${protocol} ${name}`;
    const known = this.portsByKey.get(key);
    if (known !== undefined) return known;
    const members = new Set<number>();
    for (const endpoint of this.endpoints) {
      for (const port of endpoint.ports) {
        if (port.name !== name || compileProtocol(port.protocol ?? 'TCP') !== protocol) continue;
        for (const address of endpoint.addresses) {
          members.add(namedPortKey(this.slot(address), port.port));
        }
      }
    }
    this.portsByKey.set(key, this.namedPorts.length);
    return this.namedPorts.push(Float64Array.from(members).sort()) - 1;
  }

  private slot(address: Ip): number {
    return this.slotOf.get(address.text) as number;
  }
}

export const namedPortKey = (slot: number, port: number): number => slot * 65536 + port;

/** Whether an ascending list holds a number. */
export function holds(list: Int32Array | Float64Array, value: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return list[low] === value;
}
