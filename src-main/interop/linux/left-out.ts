import type { Design, HostLike, Node } from '../../model/design.ts';
import { clusterContentKinds, collections, entityRef, type EntityKind } from '../../model/ids.ts';
import type { Interface, Network } from '../../sim/compile/network.ts';
import { LeftOutList, type LeftOut, type TellLeftOut } from '../exchange.ts';
import type { LinuxPart } from '../words/linux.ts';
import { isTranslatable } from './nat.ts';
import { routesInVain } from './routes.ts';

/** What of a design is not in its plan for Linux, or works otherwise there; in the order of the design. */
export function leftOutOfLinux(network: Network): readonly LeftOut[] {
  const { design, segments } = network;
  const list = new LeftOutList();
  for (const { id } of design.segments ?? []) {
    if (segments.some((segment) => segment.id === id && segment.internet)) {
      list.add(entityRef('segment', id), '', 'internet-silent');
    }
  }
  for (const node of design.nodes ?? []) {
    tellNode(network, node, list.of(entityRef('node', node.id)));
  }
  for (const { id } of design.stretches ?? []) {
    list.add(entityRef('stretch', id), '', 'stretch-not-joined');
  }
  for (const kind of clusterKinds) {
    for (const { id } of design[collections[kind]] ?? []) {
      list.add(
        entityRef(kind, id),
        '',
        kind === 'cluster' ? 'nodes-are-plain' : notSetUp('kubernetes'),
      );
    }
  }
  for (const key of questionKinds.map((kind) => collections[kind])) {
    if ((design[key] ?? []).length > 0) list.add('design', key, 'questions-left-out');
  }
  return list.items;
}

const notSetUp = (part: LinuxPart) => ({ code: 'not-set-up', detail: { part } }) as const;

const clusterKinds: readonly EntityKind[] = ['cluster', ...clusterContentKinds];
const questionKinds: readonly EntityKind[] = ['flow', 'intent', 'install-scenario'];

/** The design with its machines and wires alone. */
export function withoutKubernetes(design: Design): Design {
  const gone: readonly string[] = [
    ...clusterKinds,
    ...questionKinds,
    'group' as const,
    'layout' as const,
  ].map((kind) => collections[kind]);
  const kept = Object.entries(design).filter(([key]) => !gone.includes(key));
  return Object.fromEntries(kept) as Design;
}

function tellNode(network: Network, node: Node, tell: TellLeftOut): void {
  const device = network.devices.find(({ id }) => id === node.id);
  const interfaces = (device?.interfaces ?? []).map((at) => network.interfaces[at] as Interface);
  const routed = (node.interfaces ?? []).map(({ id, addresses = [] }) => ({
    id,
    name: id,
    up: interfaces.find((item) => item.id === id)?.up ?? false,
    addresses,
  }));
  node.interfaces?.forEach(({ id, vlan }, at) => {
    if (vlan !== undefined && interfaces.some((item) => item.id === id && item.guestTag !== 0)) {
      tell(`interfaces[${at}].vlan`, { code: 'frames-untagged', detail: { vlan } });
    }
  });
  for (const at of routesInVain(node, routed)) tell(`routes[${at}]`, 'no-way-to-next-hop');
  tellKind(node, device?.firewallFirst ?? false, tell);
}

function tellKind(node: Node, firewallFirst: boolean, tell: TellLeftOut): void {
  switch (node.kind) {
    case 'host':
    case 'router':
    case 'edge-gateway':
      if (firewallFirst && (filters(node) || (node.nat ?? []).length > 0)) {
        tell('stageOrder', 'filters-behind-dnat');
      }
      tellFunctions(node, tell);
      break;
    case 'hypervisor':
      tellPrograms(node, tell);
      if ((node.vteps ?? []).length > 1) tell('vteps', 'first-vtep-alone');
      break;
    case 'l2-gateway':
      tell('', 'plain-machine');
      break;
    case 'distributed-router':
      break;
    default:
      node satisfies never;
  }
}

const filters = ({ kind, firewall }: HostLike): boolean =>
  firewall !== undefined || kind === 'edge-gateway';

function tellFunctions(node: HostLike, tell: TellLeftOut): void {
  tellPrograms(node, tell);
  node.nat?.forEach((rule, at) => {
    if (rule.enabled !== false && !isTranslatable(rule)) tell(`nat[${at}]`, 'ranges-as-prefixes');
  });
  node.loadBalancers?.forEach(({ enabled, layer }, at) => {
    if (enabled !== false && layer === 7) tell(`loadBalancers[${at}]`, 'no-layer-7');
  });
  for (const part of ['dnsServer', 'httpProxy', 'artifactMirror'] as const) {
    if (node[part]) tell(part, notSetUp(part));
  }
  node.virtualIps?.forEach((_, at) => tell(`virtualIps[${at}]`, 'no-vrrp'));
  node.ipsecTunnels?.forEach(({ enabled }, at) => {
    if (enabled !== false) tell(`ipsecTunnels[${at}]`, notSetUp('ipsec'));
  });
}

/** What runs on a machine or is set for its programs. */
function tellPrograms(
  { listeners = [], resolvers = [], searchDomains = [] }: Programs,
  tell: TellLeftOut,
): void {
  if (resolvers.length > 0 || searchDomains.length > 0) tell('resolvers', 'resolvers-not-set');
  if (listeners.length === 0) return;
  const told = listeners.map(({ protocol, port }) => ({ protocol, port }));
  tell('listeners', { code: 'no-program', detail: { listeners: told } });
}
type Programs = Extract<Node, { readonly listeners?: unknown }>;
