/** The base sample with machines, pods and MTUs moved about: each a pure edit of the design. */
import type { Design, Workload } from '../../src-main/model/design.ts';
import { ipPlus, prefix } from '../../src-main/model/ip.ts';
import { network } from '../builders/network.ts';

export type Variant = (design: Design) => Design;

/** One edit after the other. */
export const together =
  (...variants: readonly Variant[]): Variant =>
  (design) =>
    variants.reduce((edited, variant) => variant(edited), design);

export const unchanged: Variant = (design) => design;

/** Moves virtual machines to a hypervisor. */
export const onHypervisor =
  (hypervisor: string, ...machines: readonly string[]): Variant =>
  (design) =>
    machines
      .reduce(
        (edited, id) =>
          edited.change('node', id, (node) => {
            if (!('runsOn' in node)) throw new Error(`${id} is no virtual machine`);
            return { ...node, runsOn: hypervisor };
          }),
        network(design),
      )
      .build(design.name);

/** Every virtual machine of the design on one hypervisor. */
export const everythingOn =
  (hypervisor: string): Variant =>
  (design) =>
    onHypervisor(
      hypervisor,
      ...(design.nodes ?? []).flatMap((node) => ('runsOn' in node ? [node.id] : [])),
    )(design);

/** All pods of a workload on one node, with free addresses of that node's block. */
export const podsOn =
  (workload: string, node: string): Variant =>
  (design) =>
    network(design)
      .change('workload', workload, (found) => moved(design, found, node))
      .build(design.name);

/** Both pods of the web tier on one node. */
export const webPodsOn = (node: string): Variant => podsOn('web', node);

function moved(design: Design, workload: Workload, node: string): Workload {
  const cluster = design.clusters?.find(({ id }) => id === workload.cluster);
  const block = cluster?.calico?.blocks?.find((candidate) => candidate.node === node);
  if (!block) throw new Error(`${node} has no block`);
  const others = design.workloads?.filter(({ id }) => id !== workload.id) ?? [];
  const taken = others.flatMap(({ pods }) => pods.flatMap(({ addresses }) => addresses ?? []));
  const free = Array.from({ length: 50 }, (_, at) => {
    return ipPlus(prefix(block.cidr).network, BigInt(10 + at)).text;
  }).filter((address) => !taken.includes(address));
  return {
    ...workload,
    pods: workload.pods.map((pod, at) => ({ ...pod, node, addresses: free.slice(at, at + 1) })),
  };
}

/** Bytes, of a whole segment. */
export const segmentMtu =
  (mtu: number, ...segments: readonly string[]): Variant =>
  (design) =>
    segments
      .reduce(
        (edited, id) => edited.change('segment', id, (segment) => ({ ...segment, mtu })),
        network(design),
      )
      .build(design.name);

const overlay = ['workload', 'transit', 'icp', 'stretched'];

/**
 * An underlay without jumbo frames, and an overlay that knows: 1430 bytes of a pod, 20 of IP-in-IP and 50 of VXLAN
 * fill 1500 bytes exactly.
 */
export const underlay1500 = together(segmentMtu(1500, 'vtep'), segmentMtu(1450, ...overlay));

/** One byte less than the overlay takes for granted. */
export const underlay1499 = together(segmentMtu(1499, 'vtep'), segmentMtu(1450, ...overlay));

/** The design without one firewall rule, NAT rule or route of a node. */
export const without =
  (list: 'rule' | 'nat' | 'route', node: string, id: string): Variant =>
  (design) =>
    network(design)
      .change('node', node, (found) => {
        const kept = <T extends { readonly id?: string }>(items: readonly T[] | undefined) => {
          const rest = items?.filter((item) => item.id !== id) ?? [];
          if (rest.length === items?.length) throw new Error(`${node} has no ${list} ${id}`);
          return rest;
        };
        if (list === 'route') return { ...found, routes: kept(found.routes) };
        if (found.kind !== 'edge-gateway') throw new Error(`${node} is no edge`);
        if (list === 'nat') return { ...found, nat: kept(found.nat) };
        return { ...found, firewall: { ...found.firewall, rules: kept(found.firewall?.rules) } };
      })
      .build(design.name);

/** The design without the records of one name on every DNS server. */
export const withoutName =
  (name: string): Variant =>
  (design) =>
    (design.nodes ?? [])
      .reduce((edited, { id }) => {
        return edited.change('node', id, (node) => {
          if (!('dnsServer' in node)) return node;
          const zones = node.dnsServer.zones?.map((zone) => ({
            ...zone,
            records: zone.records.filter((record) => record.name !== name),
          }));
          return { ...node, dnsServer: { ...node.dnsServer, ...(zones && { zones }) } };
        });
      }, network(design))
      .build(design.name);
