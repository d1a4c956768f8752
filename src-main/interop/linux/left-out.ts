import type { Design, HostLike, Node } from '../../model/design.ts';
import { clusterContentKinds, collections, entityRef, type EntityKind } from '../../model/ids.ts';
import type { Interface, Network } from '../../sim/compile/network.ts';
import type { LeftOut } from '../exchange.ts';
import { isTranslatable } from './nat.ts';
import { routesInVain } from './routes.ts';

/** What of a design is not in its plan for Linux, or works otherwise there; in the order of the design. */
export function leftOutOfLinux(network: Network): LeftOut[] {
  const { design } = network;
  return [
    ...internetSegments(network),
    ...(design.nodes ?? []).flatMap((node) => ofNode(network, node)),
    ...(design.stretches ?? []).map(({ id }) => ({
      ref: entityRef('stretch', id),
      path: '',
      text: 'Its segments are not joined: Linux has no counterpart of the tunnel',
    })),
    ...ofKubernetes(design),
    ...questions(design),
  ];
}

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

const internetSegments = ({ segments, design }: Network): LeftOut[] =>
  (design.segments ?? []).flatMap(({ id }) =>
    segments.some((segment) => segment.id === id && segment.internet)
      ? [
          {
            ref: entityRef('segment', id),
            path: '',
            text: 'Addresses of the internet that no machine of the design has do not answer',
          },
        ]
      : [],
  );

function ofNode(network: Network, node: Node): LeftOut[] {
  const say = (path: string, text: string): LeftOut => ({
    ref: entityRef('node', node.id),
    path,
    text,
  });
  const device = network.devices.find(({ id }) => id === node.id);
  const interfaces = (device?.interfaces ?? []).map((at) => network.interfaces[at] as Interface);
  const routed = (node.interfaces ?? []).map(({ id, addresses = [] }) => ({
    id,
    name: id,
    up: interfaces.find((item) => item.id === id)?.up ?? false,
    addresses,
  }));
  const tagged = (node.interfaces ?? []).flatMap(({ id, vlan }, at) =>
    vlan !== undefined && interfaces.some((item) => item.id === id && item.guestTag !== 0)
      ? [say(`interfaces[${at}].vlan`, `Frames carry no tag of VLAN ${vlan}`)]
      : [],
  );
  return [
    ...tagged,
    ...routesInVain(node, routed).map((at) =>
      say(`routes[${at}]`, 'No interface that is up leads to the next hop, so there is no route'),
    ),
    ...ofKind(node, device?.firewallFirst ?? false, say),
  ];
}

type Say = (path: string, text: string) => LeftOut;

function ofKind(node: Node, firewallFirst: boolean, say: Say): LeftOut[] {
  switch (node.kind) {
    case 'host':
    case 'router':
    case 'edge-gateway':
      return [...stageOrder(node, firewallFirst, say), ...functionsOf(node, say)];
    case 'hypervisor':
      return [
        ...programs(node, say),
        ...((node.vteps ?? []).length > 1
          ? [say('vteps', 'Tunnels end at the address of the first VTEP alone')]
          : []),
      ];
    case 'l2-gateway':
      return [say('', 'A plain machine: it stretches no segment')];
    case 'distributed-router':
      return [];
    default:
      return node satisfies never;
  }
}

const stageOrder = (node: HostLike, firewallFirst: boolean, say: Say): LeftOut[] =>
  firewallFirst &&
  (node.firewall !== undefined || node.kind === 'edge-gateway' || (node.nat ?? []).length > 0)
    ? [say('stageOrder', 'Linux filters behind DNAT, not before it as in stage order nsx-v')]
    : [];

function functionsOf(node: HostLike, say: Say): LeftOut[] {
  const { nat = [], loadBalancers = [], virtualIps = [], ipsecTunnels = [] } = node;
  return [
    ...programs(node, say),
    ...nat.flatMap((rule, at) =>
      rule.enabled === false || isTranslatable(rule)
        ? []
        : [say(`nat[${at}]`, 'Ranges of this size are translated only as prefixes')],
    ),
    ...loadBalancers.flatMap(({ enabled, layer }, at) =>
      enabled !== false && layer === 7
        ? [say(`loadBalancers[${at}]`, 'A balancer of layer 7 is a program, which is not set up')]
        : [],
    ),
    ...(node.dnsServer ? [say('dnsServer', 'The DNS server is not set up')] : []),
    ...(node.httpProxy ? [say('httpProxy', 'The HTTP proxy is not set up')] : []),
    ...(node.artifactMirror ? [say('artifactMirror', 'The mirror is not set up')] : []),
    ...virtualIps.map((_, at) =>
      say(
        `virtualIps[${at}]`,
        'The address stays with the machine that answers for it now: no VRRP is set up',
      ),
    ),
    ...ipsecTunnels.flatMap(({ enabled }, at) =>
      enabled === false ? [] : [say(`ipsecTunnels[${at}]`, 'IPsec is not set up')],
    ),
  ];
}

/** What runs on a machine or is set for its programs. */
function programs(node: Extract<Node, { readonly listeners?: unknown }>, say: Say): LeftOut[] {
  const { listeners = [], resolvers = [], searchDomains = [] } = node;
  return [
    ...(resolvers.length > 0 || searchDomains.length > 0
      ? [say('resolvers', 'Resolvers and search domains are not set')]
      : []),
    ...(listeners.length > 0
      ? [
          say(
            'listeners',
            `No program is started: ${listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ')}`,
          ),
        ]
      : []),
  ];
}

const ofKubernetes = (design: Design): LeftOut[] =>
  clusterKinds.flatMap((kind) =>
    (design[collections[kind]] ?? []).map(({ id }) => ({
      ref: entityRef(kind, id),
      path: '',
      text:
        kind === 'cluster'
          ? 'Its nodes are plain machines: Kubernetes is not set up'
          : 'Kubernetes is not set up',
    })),
  );

const questions = (design: Design): LeftOut[] =>
  questionKinds
    .map((kind) => collections[kind])
    .filter((key) => (design[key] ?? []).length > 0)
    .map((key) => ({
      ref: 'design',
      path: key,
      text: 'Questions about the network are not part of it',
    }));
