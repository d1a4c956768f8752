import type { Device, Interface, L2Segment, Network } from '../../sim/compile/network.ts';
import { machineNamespace } from './machine.ts';
import { Names } from './names.ts';
import { addLogicalSwitch, type OverlayPort } from './overlay.ts';
import type { DraftNamespace, LinuxOptions, LinuxPlan, Namespace } from './plan.ts';
import { Wires, type WireEnd } from './wires.ts';

export { rulePrefix } from './plan.ts';
export type { LinuxOptions, LinuxPlan, Namespace, Pair, PairEnd, RuleList } from './plan.ts';

/**
 * A design as Linux network namespaces: one for each machine, with its addresses, routes and rules, and one for the
 * bridges between them. A distributed router has one in each hypervisor of its zone. What Linux has no counterpart for
 * is left out and said.
 */
export function planLinux(network: Network, options: LinuxOptions = {}): LinuxPlan {
  const draft = new Draft(network, options);
  for (const segment of network.segments) draft.connect(segment);
  draft.looseEnds();
  const { namespaces, wires } = draft;
  const needed = wires.bridges.ip.length > 1 || wires.lines.some((line) => line.includes(' loose'));
  const all = [...(needed ? [wires.bridges] : []), ...wires.switches, ...namespaces];
  return {
    namespaces: all.map(frozen),
    pairs: wires.pairs,
    wires: wires.lines,
    omitted: draft.omitted,
  };
}

const frozen = ({ names: _, ...rest }: DraftNamespace): Namespace => rest;

class Draft {
  readonly namespaces: DraftNamespace[] = [];
  readonly wires: Wires;
  readonly omitted: string[] = [];
  readonly #network: Network;
  /** By device index; several for a distributed router, with the hypervisor's index of each. */
  readonly #machines = new Map<number, { namespace: DraftNamespace; hypervisor: number }[]>();

  constructor(network: Network, options: LinuxOptions) {
    this.#network = network;
    const names = new Names();
    for (const device of network.devices) this.#addMachine(device, names, options);
    this.wires = new Wires(names, options);
    this.#omit();
  }

  #addMachine(device: Device, names: Names, options: LinuxOptions): void {
    const { design, devices } = this.#network;
    // Pods come behind the nodes.
    const node = design.nodes?.[device.index];
    if (!node) return;
    const places =
      device.kind === 'distributed-router'
        ? devices.filter(
            (one) =>
              one.kind === 'hypervisor' &&
              one.transportZones.some((zone) => device.transportZones.includes(zone)),
          )
        : [undefined];
    const made = places.map((place) => {
      const name = names.free(place ? `${device.id}.${place.id}` : device.id);
      const namespace = machineNamespace(this.#network, device, node, name, options, place?.id);
      this.namespaces.push(namespace);
      return { namespace, hypervisor: place?.index ?? device.hypervisor };
    });
    this.#machines.set(device.index, made);
  }

  #omit(): void {
    const { design, devices } = this.#network;
    for (const node of design.nodes ?? []) {
      const filters = 'firewall' in node;
      const translates = 'nat' in node && (node.nat ?? []).length > 0;
      if (devices.find(({ id }) => id === node.id)?.firewallFirst && (filters || translates)) {
        this.omitted.push(
          `${node.id}: Linux filters behind DNAT, not before it (stage order nsx-v)`,
        );
      }
      if (node.kind === 'l2-gateway')
        this.omitted.push(`${node.id}: stretches have no counterpart`);
    }
    for (const { id } of design.clusters ?? []) this.omitted.push(`${id}: clusters are left out`);
  }

  #endsOf(item: Interface): { end: WireEnd; hypervisor: number }[] {
    return (this.#machines.get(item.device) ?? []).flatMap(({ namespace, hypervisor }) => {
      const found = [...namespace.interfaces].find(([, id]) => id === item.id);
      if (!found) return [];
      const { mac, mtu, up } = item;
      return [{ end: { namespace, name: found[0], mac, mtu, up }, hypervisor }];
    });
  }

  connect(segment: L2Segment): void {
    const members = this.#network.interfaces.filter((item) => item.segment === segment.index);
    if (segment.kind !== 'vxlan') {
      const ends = members.flatMap((item) => this.#endsOf(item).map(({ end }) => end));
      if (ends.length > 0) this.wires.segment(segment, ends);
      return;
    }
    const ports = members.flatMap((item) =>
      this.#endsOf(item).flatMap(({ end, hypervisor }): OverlayPort[] => {
        const place = this.#network.devices[hypervisor];
        if (place) return [{ item, hypervisor: place, end }];
        this.wires.loose(end);
        return [];
      }),
    );
    const namespaceOf = (device: Device) =>
      this.#machines.get(device.index)?.[0]?.namespace as DraftNamespace;
    addLogicalSwitch(this.#network, segment, ports, namespaceOf, this.wires);
  }

  looseEnds(): void {
    for (const item of this.#network.interfaces) {
      if (item.segment >= 0 || item.tunnel) continue;
      for (const { end } of this.#endsOf(item)) this.wires.loose(end);
    }
  }
}
