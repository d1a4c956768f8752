import type { Design, HostLike, IpsecTunnel, NatRule } from '../../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';
import { families, inBothFamilies, type Family, type FaultCase } from './case.ts';

const [ipv4] = families as [Family];

const end = ({ host, subnet }: Family, own: number, far: number): IpsecTunnel => ({
  id: 'vpn',
  localAddress: host(2, own),
  peerAddress: host(2, far),
  localSubnets: [subnet(own)],
  remoteSubnets: [subnet(far)],
});

/** Networks 11 and 12 behind gateways ga and gb, which have a tunnel to each other over network 2. */
function joined(
  family: Family,
  mine: Partial<IpsecTunnel> = {},
  theirs: Partial<IpsecTunnel> = {},
  nat: readonly NatRule[] = [],
): NetworkBuilder {
  const { subnet, on, host } = family;
  return network()
    .segment('left', subnet(11), { gateway: host(11, 1) })
    .segment('wan', subnet(2))
    .segment('right', subnet(12), { gateway: host(12, 1) })
    .host('a', `${on(11, 9)}@left`, { gateway: host(11, 1) })
    .host('b', `${on(12, 9)}@right`, { gateway: host(12, 1) })
    .router('ga', [`${on(11, 1)}@left`, `${on(2, 11)}@wan`], {
      ipsecTunnels: [{ ...end(family, 11, 12), ...mine }],
      nat: [...nat],
    })
    .router('gb', [`${on(12, 1)}@right`, `${on(2, 12)}@wan`], {
      ipsecTunnels: [{ ...end(family, 12, 11), ...theirs }],
    });
}

const snat = (
  family: Family,
  change: Partial<Extract<NatRule, { kind: 'snat' }>> = {},
): NatRule => ({
  id: 'out',
  kind: 'snat',
  original: family.subnet(11),
  translated: family.host(2, 11),
  ...change,
});

/** A cluster on ga, whose tunnel is for its pods as well. */
function withPods(...pools: readonly { id: string; cidr: string; disabled?: boolean }[]): Design {
  const pods = '172.28.0.0/16';
  const net = joined(ipv4, { localSubnets: [pods] }, { remoteSubnets: [pods] });
  return net
    .add('cluster', {
      id: 'k',
      flavour: 'iks',
      nodes: [{ node: 'ga', roles: ['worker'] }],
      podCidrs: [pods],
      serviceCidrs: ['172.29.0.0/16'],
      calico: { ipPools: [{ id: 'pods', cidr: pods, natOutgoing: true }, ...pools] },
    })
    .build();
}

/** A service of cluster k, whose node n holds what is given; r routes what is given to it. */
function serving(
  { on, host, subnet }: Family,
  address: string,
  { held, routed, external = false }: { held?: string; routed?: string; external?: boolean } = {},
): Design {
  return network()
    .segment('lan', subnet(1), { gateway: host(1, 1) })
    .segment('away', subnet(2), { gateway: host(2, 1) })
    .router('r', [`${on(1, 1)}@lan`, `${on(2, 1)}@away`], {
      routes: routed === undefined ? [] : [{ destination: routed, via: host(1, 11) }],
    })
    .host('n', `${on(1, 11)}@lan`, {
      gateway: host(1, 1),
      virtualIps: held === undefined ? [] : [{ id: 'v', address: held, interface: 'eth0' }],
    })
    .host('c', `${on(2, 9)}@away`, { gateway: host(2, 1) })
    .add('cluster', {
      id: 'k',
      flavour: 'iks',
      nodes: [{ node: 'n', roles: ['worker'] }],
      podCidrs: ['172.28.0.0/16', 'fd28::/112'],
      serviceCidrs: ['172.29.0.0/16', 'fd29::/112'],
    })
    .add('service', {
      id: 'web',
      type: 'LoadBalancer',
      cluster: 'k',
      namespace: 'default',
      clusterIps: ['172.29.0.10'],
      ports: [{ port: 80, protocol: 'TCP' }],
      ...(external ? { externalIps: [address] } : { loadBalancerIps: [address] }),
    })
    .build();
}

/** The tunnel's address is one that both gateways may hold, ga with the higher priority. */
function atVirtualIp(family: Family): Design {
  return joined(family, { localAddress: family.host(2, 100) }, { peerAddress: family.host(2, 100) })
    .change('node', 'ga', (node) => ({
      ...(node as HostLike),
      virtualIps: [{ id: 'v', address: family.host(2, 100), interface: 'eth1' }],
    }))
    .build();
}

export const tunnelCases: readonly FaultCase[] = [
  ...inBothFamilies((family) => ({
    code: 'ipsec-mismatch',
    title: 'a tunnel whose other end is switched off',
    wrong: joined(family, {}, { enabled: false }).build(),
    at: 'node:ga ipsecTunnels[0]',
    says: `IPsec tunnel vpn of ga has no other end: nobody at ${family.host(2, 12)} has it for a peer`,
    right: joined(family).build(),
  })),
  ...inBothFamilies((family) => ({
    code: 'ipsec-mismatch',
    title: 'subnets that the other end does not have',
    wrong: joined(family, { remoteSubnets: [family.subnet(12), family.subnet(13)] }).build(),
    at: 'node:gb ipsecTunnels[0]',
    says: `IPsec tunnels vpn of gb and vpn of ga do not mirror each other: ${family.subnet(13)} is on one side only`,
    right: joined(
      family,
      { remoteSubnets: [family.subnet(13), family.subnet(12)] },
      { localSubnets: [family.subnet(12), family.subnet(13)] },
    ).build(),
  })),
  {
    code: 'ipsec-mismatch',
    title: 'NAT traversal on one side',
    wrong: joined(ipv4, { natTraversal: true }).build(),
    at: 'node:gb ipsecTunnels[0]',
    says: 'IPsec tunnels vpn of gb and vpn of ga do not mirror each other: one of them alone has NAT traversal',
    right: joined(ipv4, { natTraversal: true }, { natTraversal: true }).build(),
  },
  ...inBothFamilies((family) => ({
    code: 'ipsec-address-not-on-node',
    title: 'a tunnel that starts at an address of nobody',
    wrong: joined(
      family,
      { localAddress: family.host(2, 100) },
      { peerAddress: family.host(2, 100) },
    ).build(),
    at: 'node:ga ipsecTunnels[0].localAddress',
    says: `IPsec tunnel vpn of ga starts at ${family.host(2, 100)}, which the node does not have`,
    right: atVirtualIp(family),
  })),
  ...inBothFamilies((family) => ({
    code: 'nat-out-of-tunnel',
    title: 'source NAT of what the tunnel is for',
    wrong: joined(family, {}, {}, [snat(family)]).build(),
    at: 'node:ga nat[0]',
    says: 'NAT 1 out of ga gives packets for IPsec tunnel vpn a source that the tunnel does not take',
    right: joined(family, {}, {}, [snat(family, { destination: family.subnet(2) })]).build(),
  })),
  {
    code: 'nat-out-of-tunnel',
    title: 'source NAT on the interface towards the peer',
    wrong: joined(ipv4, {}, {}, [snat(ipv4, { interface: 'eth1' })]).build(),
    at: 'node:ga nat[0]',
    says: 'NAT 1 out of ga gives packets for IPsec tunnel vpn a source that the tunnel does not take',
    right: joined(ipv4, {}, {}, [
      snat(ipv4, { interface: 'eth0', translated: ipv4.host(11, 1) }),
    ]).build(),
  },
  {
    code: 'nat-out-of-tunnel',
    title: 'natOutgoing towards what no pool stands for',
    wrong: withPods(),
    at: 'cluster:k calico.ipPools[0]',
    says: "natOutgoing of address pool pods of cluster k gives packets for IPsec tunnel vpn of ga a node's address: 10.0.12.0/24 is in no pool",
    right: withPods({ id: 'far', cidr: '10.0.12.0/24', disabled: true }),
  },
  ...inBothFamilies((family) => ({
    code: 'service-address-unheld',
    title: 'a load-balancer address that no node holds',
    wrong: serving(family, family.host(1, 100)),
    at: 'service:web loadBalancerIps[0]',
    says: `Nobody answers for ${family.host(1, 100)}, the load-balancer address of service web: no node has it, and no route leads it to cluster k`,
    right: serving(family, family.host(1, 100), { held: family.host(1, 100) }),
  })),
  ...inBothFamilies((family) => ({
    code: 'service-address-unheld',
    title: 'an external address that no route leads to the cluster',
    wrong: serving(family, family.host(7, 1), { external: true }),
    at: 'service:web externalIps[0]',
    says: `Nobody answers for ${family.host(7, 1)}, an external address of service web: no node has it, and no route leads it to cluster k`,
    right: serving(family, family.host(7, 1), { external: true, routed: family.subnet(7) }),
  })),
];
