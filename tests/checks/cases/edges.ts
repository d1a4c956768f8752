import type { NatRule } from '../../../src-main/model/design.ts';
import { network } from '../../builders/network.ts';
import { behindEdge, families, inBothFamilies, type Family, type FaultCase } from './case.ts';

const [ipv4] = families as [Family];

/** The edge with one NAT rule, and everything let in. */
const edgeWith = (family: Family, ...nat: (string | NatRule)[]) =>
  behindEdge(family, { nat }).build();

export const edgeCases: readonly FaultCase[] = [
  ...inBothFamilies((family) => ({
    code: 'snat-address-not-on-edge',
    title: 'a source that nobody answers for',
    wrong: edgeWith(family, `snat ${family.subnet(1)} to ${family.publicHost(2, 9)} on wan`),
    at: 'node:esg nat[0].translated',
    says: `NAT 1 nat-1 of esg gives packets the source ${family.publicHost(2, 9)}, which is not on its interface wan`,
    right: edgeWith(family, `snat ${family.subnet(1)} to ${family.publicHost(2, 2)} on wan`),
  })),
  {
    code: 'snat-address-not-on-edge',
    title: 'the address of another interface than the one that packets leave by',
    wrong: edgeWith(ipv4, 'snat 10.0.1.0/24 to 10.0.1.1 on wan'),
    at: 'node:esg nat[0].translated',
    says: 'NAT 1 nat-1 of esg gives packets the source 10.0.1.1, which is not on its interface wan',
    right: edgeWith(ipv4, 'snat 10.0.1.0/24 to interface on wan'),
  },
  {
    code: 'snat-address-not-on-edge',
    title: 'a range of which the edge has the beginning only',
    wrong: secondary('203.0.113.1-203.0.113.4'),
    at: 'node:esg nat[0].translated',
    says: 'NAT 1 pool of esg gives packets the source 203.0.113.4, which is not on its interface wan',
    // Secondary and virtual addresses count.
    right: secondary('203.0.113.1-203.0.113.3'),
  },
  {
    code: 'snat-address-not-on-edge',
    title: 'a source without an interface that is nowhere on the node',
    wrong: edgeWith(ipv4, 'snat 10.0.1.0/24 to 198.51.102.7'),
    at: 'node:esg nat[0].translated',
    says: 'NAT 1 nat-1 of esg gives packets the source 198.51.102.7, which is not on the node',
    right: edgeWith(ipv4, 'snat 10.0.1.0/24 to 198.51.102.2'),
  },
  ...inBothFamilies((family) => ({
    code: 'dnat-address-not-on-edge',
    title: 'an original address that nobody answers for',
    wrong: edgeWith(
      family,
      `web: dnat ${family.publicHost(2, 9)} tcp 443 to ${family.host(1, 9)} on wan`,
    ),
    at: 'node:esg nat[0].original',
    says: `NAT 1 web of esg waits for packets to ${family.publicHost(2, 9)}, which is not on its interface wan`,
    right: edgeWith(
      family,
      `web: dnat ${family.publicHost(2, 2)} tcp 443 to ${family.host(1, 9)} on wan`,
    ),
  })),
  {
    code: 'dnat-address-not-on-edge',
    title: 'an original address that no route of a neighbour leads to',
    wrong: routedPool(false),
    at: 'node:esg nat[0].original',
    says: 'NAT 1 nat-1 of esg waits for packets to 203.0.113.9, which is not on its interface wan',
    right: routedPool(true),
  },
  ...inBothFamilies((family) => ({
    code: 'balancer-address-not-on-node',
    title: 'a virtual server on an address that the edge does not have',
    wrong: balanced(family, family.publicHost(2, 9)),
    at: 'node:esg loadBalancers[0].address',
    says: `Load balancer lb waits on ${family.publicHost(2, 9)}, which is not on esg`,
    right: balanced(family, family.publicHost(2, 2)),
  })),
  ...inBothFamilies((family) => ({
    code: 'dnat-to-cluster-ip',
    title: `a DNAT to a cluster IP without a route`,
    wrong: clusterBehindEdge(family, serviceAddress(family), false),
    at: 'node:esg nat[0].translated',
    says: `NAT 1 web of esg leads to ${serviceAddress(family)}, a service address of cluster k: a cluster IP lives inside the cluster only, and no route of esg leads to a node of it`,
    right: clusterBehindEdge(family, family.host(1, 9), false),
  })),
  ...inBothFamilies((family) => ({
    code: 'dnat-to-cluster-ip-by-route',
    title: `a DNAT to a cluster IP that a static route makes reachable`,
    wrong: clusterBehindEdge(family, serviceAddress(family), true),
    at: 'node:esg nat[0].translated',
    says: `NAT 1 web of esg leads to ${serviceAddress(family)}, a service address of cluster k: a cluster IP lives inside the cluster only, and is reachable just by the route to server`,
    right: clusterBehindEdge(family, family.host(1, 9), true),
  })),
  ...inBothFamilies((family) => ({
    code: 'reply-by-other-edge',
    title: 'a DNAT to a server whose default gateway is another edge',
    wrong: twoEdges(family, family.host(1, 2)),
    at: 'node:esg nat[0]',
    says: `Requests from isp (${family.publicHost(2, 1)}) to server (${family.host(1, 9)}) come in by esg (NAT 1 web), but the replies leave by esg-2`,
    right: twoEdges(family, family.host(1, 1)),
  })),
  {
    code: 'reply-by-other-edge',
    title: 'a DNAT that keeps the source, where the other edge is the way back',
    wrong: twoEdges(ipv4, '10.0.1.2', 'disabled snat any to interface on lan'),
    at: 'node:esg nat[0]',
    says: 'Requests from isp (198.51.102.1) to server (10.0.1.9) come in by esg (NAT 1 web), but the replies leave by esg-2',
    // With a source of the edge's own, replies come back to it by themselves.
    right: twoEdges(ipv4, '10.0.1.2', 'snat any to interface on lan'),
  },
  {
    code: 'reply-by-other-edge',
    title: 'two firewalls towards one network: routed in by one, out by the other',
    wrong: twoFirewalls('10.0.1.2'),
    at: 'node:fw-1 interfaces[1]',
    says: 'Requests from core (10.0.2.9) to server (10.0.1.9) come in by fw-1, but the replies leave by fw-2',
    right: twoFirewalls('10.0.1.1'),
  },
];

/** An edge with three addresses outside: its own, a secondary, and a virtual one. */
function secondary(translated: string) {
  return network()
    .segment('inside', '10.0.1.0/24')
    .segment('outside', '203.0.113.0/24')
    .edge('esg', ['wan=203.0.113.1/24,203.0.113.2/24', 'lan=10.0.1.1/24'], {
      virtualIps: [{ id: 'v', address: '203.0.113.3', interface: 'wan' }],
      nat: [`pool: snat 10.0.1.0/24 to ${translated} on wan`],
    })
    .build();
}

function routedPool(routed: boolean) {
  const design = behindEdge(ipv4, { nat: ['dnat 203.0.113.9 to 10.0.1.9 on wan'] }).build();
  return network(design)
    .change('node', 'isp', (node) => ({
      ...node,
      routes: routed ? [{ destination: '203.0.113.8/29', via: '198.51.102.2' }] : [],
    }))
    .build();
}

function balanced(family: Family, address: string) {
  return behindEdge(family, {
    loadBalancers: [
      {
        id: 'lb',
        address,
        protocol: 'tcp',
        port: 443,
        mode: 'proxy',
        members: [{ id: 'm', address: family.host(1, 9) }],
      },
    ],
  }).build();
}

function serviceRange({ name }: Family): string {
  return name === 'IPv4' ? '172.29.0.0/16' : 'fd00:29::/112';
}
function serviceAddress({ name }: Family): string {
  return name === 'IPv4' ? '172.29.0.80' : 'fd00:29::80';
}

function clusterBehindEdge(family: Family, translated: string, route: boolean) {
  return behindEdge(family, {
    routes: [
      `${family.everywhere} via ${family.publicHost(2, 1)}`,
      ...(route ? [`${serviceRange(family)} via ${family.host(1, 9)}`] : []),
    ],
    nat: [`web: dnat ${family.publicHost(2, 2)} tcp 443 to ${translated} on wan`],
  })
    .cluster('k', ['server master'], { podCidrs: [], serviceCidrs: [serviceRange(family)] })
    .service('web', serviceAddress(family), ['443'], { endpoints: [] })
    .build();
}

function twoEdges(family: Family, gateway: string, ...nat: string[]) {
  const { publicHost, publicOn, host, on, everywhere } = family;
  const web = `web: dnat ${publicHost(2, 2)} tcp 443 to ${host(1, 9)} on wan`;
  const design = behindEdge(family, {
    firewall: [`accept tcp 443 to ${publicHost(2, 2)}`],
    nat: [web, ...nat],
  })
    .edge('esg-2', [`wan=${publicOn(2, 3)}`, `lan=${on(1, 2)}`], {
      routes: [`${everywhere} via ${publicHost(2, 1)}`],
      firewall: [`accept from ${host(1, 9)}`],
    })
    .build();
  return network(design)
    .change('node', 'server', (node) => ({
      ...node,
      routes: [{ destination: everywhere, via: gateway }],
    }))
    .build();
}

function twoFirewalls(gateway: string) {
  const accept = { firewall: ['accept from 10.0.0.0/8'] };
  return network()
    .segment('core-net', '10.0.2.0/24')
    .segment('servers', '10.0.1.0/24')
    .router('fw-1', ['10.0.2.1/24', '10.0.1.1/24'], accept)
    .router('fw-2', ['10.0.2.2/24', '10.0.1.2/24'], accept)
    .host('core', '10.0.2.9/24', { routes: ['10.0.1.0/24 via 10.0.2.1'] })
    .host('server', '10.0.1.9/24', { gateway })
    .build();
}
