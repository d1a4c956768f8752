import { network } from '../../builders/network.ts';
import { families, inBothFamilies, twoNetworks, type Family, type FaultCase } from './case.ts';

const [ipv4] = families as [Family];

export const routingCases: readonly FaultCase[] = [
  {
    code: 'gateway-outside-subnet',
    title: 'a gateway of another network',
    wrong: network()
      .segment('lan', '10.0.1.0/24', { gateway: '10.0.2.1' })
      .host('a', '10.0.1.9/24')
      .build(),
    at: 'segment:lan subnets[0].gateway',
    says: 'Gateway 10.0.2.1 is not in its subnet 10.0.1.0/24 of segment lan',
    right: twoNetworks(ipv4).build(),
  },
  ...inBothFamilies((family) => ({
    code: 'gateway-unowned',
    title: 'a gateway that nobody has',
    wrong: network()
      .segment('lan', family.subnet(1), { gateway: family.host(1, 1) })
      .host('a', family.on(1, 9))
      .build(),
    at: 'segment:lan subnets[0].gateway',
    says: `Nobody on segment lan owns ${family.host(1, 1)}, the gateway of ${family.subnet(1)}`,
    right: twoNetworks(family).build(),
  })),
  {
    code: 'gateway-unowned',
    title: 'a gateway that only the far end of a stretch could have',
    wrong: stretchedGateway(false),
    at: 'segment:cloud subnets[0].gateway',
    says: 'Nobody on segment office owns 10.0.5.1, the gateway of 10.0.5.0/24',
    right: stretchedGateway(true),
  },
  {
    code: 'gateway-one-sided',
    title: 'a router with one network',
    wrong: twoNetworks(ipv4).router('lost', '10.0.1.7/24').build(),
    at: 'node:lost',
    says: 'Router lost is connected to segment left only, so it has nothing to route to',
    // On a stick: two subnets of one segment are two sides.
    right: network()
      .segment('lan', ['10.0.1.0/24', '10.0.2.0/24'])
      .router('stick', '10.0.1.1/24,10.0.2.1/24@lan')
      .build(),
  },
  {
    code: 'gateway-one-sided',
    title: 'an edge gateway whose interface is not connected',
    wrong: network()
      .edge('esg', [{ id: 'vnic0' }])
      .build(),
    at: 'node:esg',
    says: 'Edge gateway esg is connected to no network',
    right: network()
      .edge('esg', [
        { id: 'vnic0', addresses: ['10.0.1.1/30'] },
        { id: 'vnic1', addresses: ['10.0.2.1/30'] },
      ])
      .host('a', [{ id: 'e', addresses: ['10.0.1.2/30'] }])
      .host('b', [{ id: 'e', addresses: ['10.0.2.2/30'] }])
      .link('one', 'esg/vnic0', 'a/e')
      .link('two', 'esg/vnic1', 'b/e')
      .build(),
  },
  ...inBothFamilies((family) => ({
    code: 'next-hop-own-address',
    title: 'a route back into its own router',
    wrong: twoNetworks(family)
      .change('node', 'r', (node) => ({
        ...node,
        routes: [{ destination: family.subnet(7), via: family.host(2, 1) }],
      }))
      .build(),
    at: 'node:r routes[0].via',
    says: `The next hop ${family.host(2, 1)} of r's route to ${family.subnet(7)} is its own address`,
    right: routeBy(family, family.host(2, 9)),
  })),
  ...inBothFamilies((family) => ({
    code: 'next-hop-off-subnet',
    title: 'a next hop on no connected subnet',
    wrong: routeBy(family, family.host(5, 1)),
    at: 'node:r routes[0].via',
    says: `The next hop ${family.host(5, 1)} of r's route to ${family.subnet(7)} is on no subnet that the node is connected to`,
    right: routeBy(family, family.host(2, 9)),
  })),
  {
    code: 'next-hop-off-subnet',
    title: 'a next hop that is not at the interface that the route names',
    wrong: routeBy(ipv4, '10.0.1.9', 'eth1'),
    at: 'node:r routes[0].via',
    says: "The next hop 10.0.1.9 of r's route to 10.0.7.0/24 is on no subnet of its interface eth1, and nobody there owns it",
    right: routeBy(ipv4, '10.0.1.9', 'eth0'),
  },
  ...inBothFamilies((family) => ({
    code: 'next-hop-unowned',
    title: 'a next hop that nobody has',
    wrong: routeBy(family, family.host(2, 77)),
    at: 'node:r routes[0].via',
    says: `Nobody on segment right owns ${family.host(2, 77)}, the next hop of r's route to ${family.subnet(7)}`,
    right: routeBy(family, family.host(2, 9)),
  })),
  ...inBothFamilies((family) => ({
    code: 'virtual-ip-outside-subnet',
    title: 'a virtual IP of another network',
    wrong: virtualIpOf(family, family.host(3, 10)),
    at: 'node:k virtualIps[0]',
    says: `Virtual address ${family.host(3, 10)} of k is in no subnet of eth0 (${family.subnet(1)})`,
    right: virtualIpOf(family, family.host(1, 10)),
  })),
  ...inBothFamilies((family) => ({
    code: 'resolver-unreachable',
    title: 'a resolver that nobody has, on the own segment',
    wrong: asking(family, family.host(1, 53)),
    at: 'node:c resolvers[0]',
    says: `c asks ${family.host(1, 53)} for names, but nobody on segment left has that address`,
    right: asking(family, family.host(2, 9)),
  })),
  ...inBothFamilies((family) => ({
    code: 'resolver-unreachable',
    title: 'a resolver that no route leads to',
    wrong: asking(family, family.host(8, 53)),
    at: 'node:c resolvers[0]',
    says: `c asks ${family.host(8, 53)} for names, but nobody here has that address and r has no route to it`,
    right: asking(family, family.host(2, 9)),
  })),
  {
    code: 'resolver-unreachable',
    title: 'a forwarder at a private address beyond the internet',
    wrong: forwardingTo('10.9.9.53'),
    at: 'node:dns dnsServer.forwarders[0]',
    says: 'DNS server dns asks 10.9.9.53 for names, but it is a private address, and the way to it ends on the internet',
    // A public one that nobody draws is somewhere out there.
    right: forwardingTo('192.0.2.53'),
  },
];

function stretchedGateway(atOffice: boolean) {
  const gateway = atOffice ? '10.0.5.1' : '10.0.5.2';
  return network()
    .segment('office', '10.0.5.0/24')
    .segment('cloud', '10.0.5.0/24', { gateway: '10.0.5.1' })
    .segment('uplink', '10.0.6.0/24')
    .router('r', [`${gateway}/24@office`, '10.0.6.1/24'])
    .l2Gateway('l2a', ['in=@office', 'up=10.0.6.2/24'])
    .l2Gateway('l2b', ['in=@cloud', 'up=10.0.6.3/24'])
    .stretch('hcx', ['office', 'l2a', 'up'], ['cloud', 'l2b', 'up'])
    .build();
}

function routeBy(family: Family, via: string, out?: string) {
  const leaves = out === undefined ? { via } : { via, interface: out };
  return twoNetworks(family)
    .change('node', 'r', (node) => ({
      ...node,
      routes: [{ destination: family.subnet(7), ...leaves }],
    }))
    .build();
}

function virtualIpOf(family: Family, address: string) {
  return twoNetworks(family)
    .host('k', family.on(1, 11), { virtualIps: [{ id: 'v', address, interface: 'eth0' }] })
    .build();
}

function asking(family: Family, resolver: string) {
  return twoNetworks(family)
    .host('c', family.on(1, 7), { gateway: family.host(1, 1), resolvers: [resolver] })
    .build();
}

function forwardingTo(forwarder: string) {
  return network()
    .site('world', 'internet')
    .segment('internet', '198.51.100.0/24', { site: 'world' })
    .segment('lan', '10.0.1.0/24')
    .router('r', ['198.51.100.2/24', '10.0.1.1/24'], { gateway: '198.51.100.1' })
    .host('dns', '10.0.1.53/24', { gateway: '10.0.1.1', dns: { forwarders: [forwarder] } })
    .build();
}
