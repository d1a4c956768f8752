import type {
  CalicoPolicy,
  CalicoRule,
  Cluster,
  Entity,
  EntityOf,
  Flow,
  HostLike,
  NetworkPolicy,
  Node,
  Service,
} from '../../model/design.ts';
import type { EntityKind } from '../../model/ids.ts';
import {
  ipFromBigInt,
  ipToBigInt,
  parseIp,
  parsePrefix,
  prefixContains,
  prefixCovers,
  prefixOf,
  type Ip,
  type Prefix,
} from '../../model/ip.ts';

/** Where copies have other addresses than their originals: single ones, and whole subnets that have moved. */
export class NewAddresses {
  readonly #single = new Map<string, string>();
  readonly #moved: { readonly from: Prefix; readonly to: Prefix }[] = [];

  setAddress(from: Ip, to: Ip): void {
    if (from.text !== to.text) this.#single.set(from.text, to.text);
  }

  setPrefix(from: Prefix, to: Prefix): void {
    if (from.text !== to.text) this.#moved.push({ from, to });
  }

  get isEmpty(): boolean {
    return this.#single.size === 0 && this.#moved.length === 0;
  }

  address(text: string): string {
    const ip = parseIp(text);
    return ip ? (this.#ofIp(ip) ?? text) : text;
  }

  prefix(text: string): string {
    const found = parsePrefix(text);
    if (!found) return text;
    const move = this.#moved.find(({ from }) => prefixCovers(from, found));
    return move ? prefixOf(shifted(found.network, move), found.length).text : text;
  }

  /** An address, prefix or range as rules name it; a range follows if both of its ends do. */
  match(text: string): string {
    const dash = text.indexOf('-');
    if (dash < 0) return text.includes('/') ? this.prefix(text) : this.address(text);
    const [from, to] = [parseIp(text.slice(0, dash).trim()), parseIp(text.slice(dash + 1).trim())];
    const [first, last] = [from && this.#ofIp(from), to && this.#ofIp(to)];
    if (first === undefined || last === undefined) return text;
    const isOrdered = ipToBigInt(ipOf(first)) <= ipToBigInt(ipOf(last));
    return isOrdered ? `${first}-${last}` : text;
  }

  #ofIp(ip: Ip): string | undefined {
    const single = this.#single.get(ip.text);
    if (single !== undefined) return single;
    const move = this.#moved.find(({ from }) => prefixContains(from, ip));
    return move && shifted(ip, move).text;
  }
}

function ipOf(text: string): Ip {
  const parsed = parseIp(text);
  if (!parsed) throw new TypeError(`not an IP address: ${text}`);
  return parsed;
}

/** The address at the same distance from the beginning of the other prefix, which is as long. */
export function shifted(ip: Ip, { from, to }: { readonly from: Prefix; readonly to: Prefix }): Ip {
  const offset = ipToBigInt(ip) - ipToBigInt(from.network);
  return ipFromBigInt(ip.family, ipToBigInt(to.network) + offset);
}

/** An entity that names the new addresses. Interfaces and segments have theirs already. */
export function readdressed<Kind extends EntityKind>(
  kind: Kind,
  value: EntityOf<Kind>,
  to: NewAddresses,
): EntityOf<Kind> {
  return to.isEmpty ? value : (readdressAny(kind, value, to) as EntityOf<Kind>);
}

function readdressAny(kind: EntityKind, value: Entity, to: NewAddresses): Entity {
  switch (kind) {
    case 'node':
      return readdressNode(value as Node, to);
    case 'cluster':
      return readdressCluster(value as Cluster, to);
    case 'workload': {
      const workload = value as EntityOf<'workload'>;
      const pods = workload.pods.map((pod) =>
        pod.addresses ? { ...pod, addresses: pod.addresses.map((text) => to.address(text)) } : pod,
      );
      return { ...workload, pods };
    }
    case 'service':
      return readdressService(value as Service, to);
    case 'network-policy':
      return readdressPolicy(value as NetworkPolicy, to);
    case 'calico-policy':
      return readdressCalicoPolicy(value as CalicoPolicy, to);
    case 'host-endpoint': {
      const endpoint = value as EntityOf<'host-endpoint'>;
      const expectedIPs = endpoint.expectedIPs?.map((text) => to.address(text));
      return { ...endpoint, ...(expectedIPs && { expectedIPs }) };
    }
    case 'flow':
      return readdressFlow(value as Flow, to);
    case 'group': {
      const group = value as EntityOf<'group'>;
      const members = group.members.map((member) =>
        member.kind === 'address' ? { ...member, address: to.address(member.address) } : member,
      );
      return { ...group, members };
    }
    case 'site':
    case 'transport-zone':
    case 'segment':
    case 'link':
    case 'stretch':
    case 'ingress':
    case 'intent':
    case 'install-scenario':
    case 'layout':
      return value;
    default:
      return kind satisfies never;
  }
}

function readdressNode(node: Node, to: NewAddresses): Node {
  const address = (text: string) => to.address(text);
  let now: Node = node;
  if (now.routes) {
    const routes = now.routes.map((route) => ({
      ...route,
      destination: to.prefix(route.destination),
      ...(route.via === undefined ? {} : { via: to.address(route.via) }),
    }));
    now = { ...now, routes };
  }
  if ('resolvers' in now) now = { ...now, resolvers: now.resolvers.map(address) };
  if ('listeners' in now) {
    const listeners = now.listeners.map((one) =>
      one.address === undefined ? one : { ...one, address: to.address(one.address) },
    );
    now = { ...now, listeners };
  }
  if (now.kind !== 'host' && now.kind !== 'router' && now.kind !== 'edge-gateway') return now;
  return readdressFunctions(now, to);
}

function readdressFunctions(node: HostLike, to: NewAddresses): HostLike {
  const match = (text: string) => to.match(text);
  const matches = (list: readonly string[]): readonly string[] => list.map(match);
  let now = node;
  if (now.firewall) {
    const rules = now.firewall.rules.map((rule) => ({
      ...rule,
      ...(rule.sources && { sources: matches(rule.sources) }),
      ...(rule.destinations && { destinations: matches(rule.destinations) }),
    }));
    now = { ...now, firewall: { ...now.firewall, rules } };
  }
  if (now.nat) {
    const nat = now.nat.map((rule) => ({
      ...rule,
      original: match(rule.original),
      translated: match(rule.translated),
      ...(rule.kind === 'snat' && rule.destination !== undefined
        ? { destination: match(rule.destination) }
        : {}),
      ...(rule.kind === 'dnat' && rule.source !== undefined ? { source: match(rule.source) } : {}),
    }));
    now = { ...now, nat };
  }
  if (now.loadBalancers) {
    const loadBalancers = now.loadBalancers.map((one) => ({
      ...one,
      address: to.address(one.address),
      members: one.members.map((member) => ({ ...member, address: to.address(member.address) })),
    }));
    now = { ...now, loadBalancers };
  }
  if (now.virtualIps) {
    const virtualIps = now.virtualIps.map((one) => ({ ...one, address: to.address(one.address) }));
    now = { ...now, virtualIps };
  }
  if (now.httpProxy) {
    const { allowedSources, allowedDestinations } = now.httpProxy;
    const httpProxy = {
      ...now.httpProxy,
      ...(allowedSources && { allowedSources: matches(allowedSources) }),
      ...(allowedDestinations && { allowedDestinations: matches(allowedDestinations) }),
    };
    now = { ...now, httpProxy };
  }
  return now.dnsServer ? { ...now, dnsServer: readdressDns(now.dnsServer, to) } : now;
}

function readdressDns(dns: NonNullable<HostLike['dnsServer']>, to: NewAddresses) {
  const address = (text: string) => to.address(text);
  return {
    ...dns,
    ...(dns.zones && {
      zones: dns.zones.map((zone) => ({
        ...zone,
        records: zone.records.map((record) =>
          record.type === 'CNAME' ? record : { ...record, address: to.address(record.address) },
        ),
      })),
    }),
    ...(dns.forwarders && { forwarders: dns.forwarders.map(address) }),
    ...(dns.conditionalForwarders && {
      conditionalForwarders: dns.conditionalForwarders.map((one) => ({
        ...one,
        servers: one.servers.map(address),
      })),
    }),
  };
}

function readdressCluster(cluster: Cluster, to: NewAddresses): Cluster {
  const address = (text: string) => to.address(text);
  const prefix = (text: string) => to.prefix(text);
  const inRange = <T extends { readonly cidr: string }>(one: T): T => ({
    ...one,
    cidr: to.prefix(one.cidr),
  });
  const { calico, dns } = cluster;
  return {
    ...cluster,
    nodes: cluster.nodes.map((member) =>
      member.addresses ? { ...member, addresses: member.addresses.map(address) } : member,
    ),
    podCidrs: cluster.podCidrs.map(prefix),
    serviceCidrs: cluster.serviceCidrs.map(prefix),
    ...(calico && {
      calico: {
        ...calico,
        ...(calico.ipPools && { ipPools: calico.ipPools.map(inRange) }),
        ...(calico.blocks && { blocks: calico.blocks.map(inRange) }),
      },
    }),
    ...(dns?.forwarders && { dns: { ...dns, forwarders: dns.forwarders.map(address) } }),
  };
}

function readdressService(service: Service, to: NewAddresses): Service {
  const address = (text: string) => to.address(text);
  return {
    ...service,
    ...(service.clusterIps && { clusterIps: service.clusterIps.map(address) }),
    ...(service.endpoints && {
      endpoints: service.endpoints.map((one) => ({ ...one, address: to.address(one.address) })),
    }),
    ...(service.externalIps && { externalIps: service.externalIps.map(address) }),
    ...(service.loadBalancerIps && { loadBalancerIps: service.loadBalancerIps.map(address) }),
    ...(service.loadBalancerSourceRanges && {
      loadBalancerSourceRanges: service.loadBalancerSourceRanges.map((text) => to.prefix(text)),
    }),
  };
}

type Peer = NonNullable<NonNullable<NetworkPolicy['ingress']>[number]['from']>[number];

function readdressPolicy(policy: NetworkPolicy, to: NewAddresses): NetworkPolicy {
  const peer = (one: Peer): Peer => {
    if (!('ipBlock' in one)) return one;
    const { cidr, except } = one.ipBlock;
    const ipBlock = {
      cidr: to.prefix(cidr),
      ...(except && { except: except.map((text) => to.prefix(text)) }),
    };
    return { ipBlock };
  };
  return {
    ...policy,
    ...(policy.ingress && {
      ingress: policy.ingress.map((rule) => ({
        ...rule,
        ...(rule.from && { from: rule.from.map(peer) }),
      })),
    }),
    ...(policy.egress && {
      egress: policy.egress.map((rule) => ({ ...rule, ...(rule.to && { to: rule.to.map(peer) }) })),
    }),
  };
}

function readdressCalicoPolicy(policy: CalicoPolicy, to: NewAddresses): CalicoPolicy {
  const net = (text: string) => (text.includes('/') ? to.prefix(text) : to.address(text));
  const end = (given: NonNullable<CalicoRule['source']>) => ({
    ...given,
    ...(given.nets && { nets: given.nets.map(net) }),
    ...(given.notNets && { notNets: given.notNets.map(net) }),
  });
  const rule = (one: CalicoRule): CalicoRule => ({
    ...one,
    ...(one.source && { source: end(one.source) }),
    ...(one.destination && { destination: end(one.destination) }),
  });
  return {
    ...policy,
    ...(policy.ingress && { ingress: policy.ingress.map(rule) }),
    ...(policy.egress && { egress: policy.egress.map(rule) }),
  };
}

function readdressFlow(flow: Flow, to: NewAddresses): Flow {
  const { from, to: target, proxy } = flow;
  return {
    ...flow,
    from:
      from.kind !== 'pod' && from.address !== undefined
        ? { ...from, address: to.address(from.address) }
        : from,
    to: target.kind === 'address' ? { ...target, address: to.address(target.address) } : target,
    ...(proxy && { proxy: { ...proxy, host: to.address(proxy.host) } }),
  };
}
