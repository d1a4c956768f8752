import type { HostLike, Node } from '../../model/design.ts';
import { ip, parseAddressMatch } from '../../model/ip.ts';
import {
  compileAddresses,
  compilePorts,
  compileProtocol,
  compileServices,
  rangeSize,
} from './matches.ts';
import { boundRules } from './rule-bounds.ts';
import type {
  CompiledBalancer,
  CompiledDnat,
  CompiledFirewall,
  CompiledListener,
  CompiledSnat,
} from './network.ts';

type InterfaceOf = (id: string | undefined) => number;

/** What a node does besides forwarding, as tables. */
export interface NodeFunctions {
  readonly firewall: CompiledFirewall | null;
  readonly dnat: readonly CompiledDnat[];
  readonly snat: readonly CompiledSnat[];
  readonly balancers: readonly CompiledBalancer[];
  readonly listeners: readonly CompiledListener[];
}

const nothing: NodeFunctions = { firewall: null, dnat: [], snat: [], balancers: [], listeners: [] };

export function compileFunctions(node: Node, interfaceOf: InterfaceOf): NodeFunctions {
  switch (node.kind) {
    case 'host':
    case 'router':
    case 'edge-gateway':
      return {
        firewall: compileFirewall(node, interfaceOf),
        ...compileNat(node, interfaceOf),
        balancers: compileBalancers(node),
        listeners: compileListeners(node),
      };
    case 'hypervisor':
      return {
        ...nothing,
        listeners: (node.listeners ?? []).map((listener) => plainListener(listener)),
      };
    case 'distributed-router':
    case 'l2-gateway':
      return nothing;
    default:
      return node satisfies never;
  }
}

function compileFirewall(node: HostLike, interfaceOf: InterfaceOf): CompiledFirewall | null {
  if (!node.firewall)
    return node.kind === 'edge-gateway'
      ? { rules: [], bounds: boundRules([]), defaultAction: 'deny', filtersOutput: false }
      : null;
  const rules = node.firewall.rules.flatMap((rule, index) =>
    rule.enabled === false
      ? []
      : [
          {
            number: index + 1,
            chain: rule.chain ?? null,
            id: rule.id,
            name: rule.name ?? rule.id,
            inInterface: interfaceOf(rule.inInterface),
            outInterface: interfaceOf(rule.outInterface),
            sources: compileAddresses(rule.sources),
            destinations: compileAddresses(rule.destinations),
            services: compileServices(rule.services),
            action: rule.action,
          },
        ],
  );
  return {
    rules,
    bounds: boundRules(rules),
    defaultAction: node.firewall.defaultAction ?? 'deny',
    filtersOutput: rules.some(({ chain }) => chain === 'output'),
  };
}

function compileNat(
  node: HostLike,
  interfaceOf: InterfaceOf,
): { dnat: CompiledDnat[]; snat: CompiledSnat[] } {
  const dnat: CompiledDnat[] = [];
  const snat: CompiledSnat[] = [];
  node.nat?.forEach((rule, index) => {
    if (rule.enabled === false) return;
    const original = parseAddressMatch(rule.original) ?? [];
    const translated =
      rule.translated === 'interface' ? null : (parseAddressMatch(rule.translated)?.[0] ?? null);
    const [from] = original;
    const base = {
      number: index + 1,
      id: rule.id,
      name: rule.name ?? rule.id,
      interface: interfaceOf(rule.interface),
      protocol: compileProtocol(rule.protocol),
      original,
      translated,
      oneToOne:
        original.length === 1 &&
        from !== undefined &&
        translated !== null &&
        from.from.family === translated.from.family &&
        rangeSize(from) === rangeSize(translated),
    };
    if (rule.kind === 'dnat') {
      dnat.push({
        ...base,
        originalPorts: compilePorts(rule.originalPorts),
        source: rule.source === undefined ? null : compileAddresses([rule.source]),
        translatedPort: rule.translatedPort ?? 0,
      });
    } else {
      const destination =
        rule.destination === undefined ? null : compileAddresses([rule.destination]);
      snat.push({ ...base, destination });
    }
  });
  return { dnat, snat };
}

function compileBalancers(node: HostLike): CompiledBalancer[] {
  return (node.loadBalancers ?? [])
    .filter((balancer) => balancer.enabled !== false)
    .map((balancer) => ({
      id: balancer.id,
      address: ip(balancer.address),
      protocol: compileProtocol(balancer.protocol),
      port: balancer.port,
      mode: balancer.mode,
      layer: balancer.layer ?? 4,
      members: balancer.members
        .filter((member) => member.enabled !== false)
        .map((member) => ({
          id: member.id,
          address: ip(member.address),
          port: member.port ?? balancer.port,
          weight: member.weight ?? 1,
        })),
    }));
}

function plainListener(listener: {
  readonly protocol: string;
  readonly port: number;
  readonly address?: string;
  readonly name?: string;
}): CompiledListener {
  return {
    protocol: compileProtocol(listener.protocol),
    port: listener.port,
    address: listener.address === undefined ? null : ip(listener.address),
    role: 'plain',
    name: listener.name ?? `${listener.protocol} ${listener.port}`,
  };
}

function compileListeners(node: HostLike): CompiledListener[] {
  const listeners: CompiledListener[] = (node.listeners ?? []).map(plainListener);
  const add = (protocol: string, port: number, role: CompiledListener['role'], name: string) =>
    listeners.unshift({ protocol: compileProtocol(protocol), port, address: null, role, name });
  // RFC 1035 §4.2: servers answer over UDP and TCP.
  if (node.dnsServer) {
    add('tcp', 53, 'dns', 'DNS server');
    add('udp', 53, 'dns', 'DNS server');
  }
  if (node.httpProxy) add('tcp', node.httpProxy.port, 'http-proxy', 'HTTP proxy');
  if (node.artifactMirror) add('tcp', node.artifactMirror.port, 'plain', 'artifact mirror');
  for (const balancer of node.loadBalancers ?? []) {
    if (balancer.layer !== 7 || balancer.enabled === false) continue;
    listeners.unshift({
      protocol: compileProtocol(balancer.protocol),
      port: balancer.port,
      address: ip(balancer.address),
      role: 'balancer',
      name: balancer.id,
    });
  }
  return listeners;
}
