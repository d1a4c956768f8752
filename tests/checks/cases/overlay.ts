import type { Design, NetworkInterface } from '../../../src-main/model/design.ts';
import { network } from '../../builders/network.ts';
import { families, inBothFamilies, type Family, type FaultCase } from './case.ts';

const [ipv4, ipv6] = families as [Family, Family];

export const overlayCases: readonly FaultCase[] = [
  {
    code: 'underlay-mtu-too-small',
    title: 'VTEPs on a segment of 1500 bytes',
    wrong: overlay(ipv4, { underlay: 1549 }),
    at: 'segment:vteps mtu',
    says: 'Segment vteps carries IP packets of 1549 bytes, but segment web needs 1550: 1500 + 50 for its tunnel',
    right: overlay(ipv4, { underlay: 1550 }),
  },
  {
    code: 'underlay-mtu-too-small',
    title: 'VTEPs over IPv6, whose header is 20 bytes longer',
    wrong: overlay(ipv6, { underlay: 1569 }),
    at: 'segment:vteps mtu',
    says: 'Segment vteps carries IP packets of 1569 bytes, but segment web needs 1570: 1500 + 70 for its tunnel',
    right: overlay(ipv6, { underlay: 1570 }),
  },
  {
    code: 'underlay-mtu-too-small',
    title: 'one VTEP that is set to less than its segment',
    wrong: overlay(ipv4, { vtep: { mtu: 1500 } }),
    at: 'node:esxi-2 interfaces[0].mtu',
    says: 'esxi-2 v carries IP packets of 1500 bytes, but segment web needs 1550: 1500 + 50 for its tunnel',
    // Machines that send less need less.
    right: overlay(ipv4, { vtep: { mtu: 1500 }, inner: 1450 }),
  },
  {
    code: 'underlay-mtu-too-small',
    title: 'a tagged inner frame',
    wrong: overlay(ipv4, { underlay: 1553, vlan: 7 }),
    at: 'segment:vteps mtu',
    says: 'Segment vteps carries IP packets of 1553 bytes, but segment web needs 1554: 1500 + 54 for its tunnel',
    right: overlay(ipv4, { underlay: 1554, vlan: 7 }),
  },
  {
    code: 'underlay-mtu-too-small',
    title: 'a routed network between two VTEP segments',
    wrong: routedUnderlay(1500),
    at: 'link:between mtu',
    says: 'Link between carries IP packets of 1500 bytes, but segment web needs 1550: 1500 + 50 for its tunnel',
    right: routedUnderlay(1600),
  },
  {
    code: 'underlay-mtu-too-small',
    title: 'a stretch whose tunnel may not be fragmented',
    wrong: stretched(true),
    at: 'segment:uplink mtu',
    says: 'Segment uplink carries IP packets of 1500 bytes, but segment lan needs 1612: 1500 + 112 for its tunnel',
    // Fragments get through.
    right: stretched(false),
  },
  ...inBothFamilies((family) => ({
    code: 'pod-mtu-too-large',
    title: 'pods whose packets with VXLAN around do not fit the link',
    wrong: podMtu(family, family.name === 'IPv4' ? 1451 : 1431),
    at: 'cluster:k calico.mtu',
    says:
      family.name === 'IPv4'
        ? "Pods of cluster k send 1451 bytes, with 50 for Calico's tunnel 1501; the link of n1 carries 1500"
        : "Pods of cluster k send 1431 bytes, with 70 for Calico's tunnel 1501; the link of n1 carries 1500",
    right: podMtu(family, family.name === 'IPv4' ? 1450 : 1430),
  })),
  {
    code: 'pod-mtu-too-large',
    title: 'pods whose packets with IP-in-IP around do not fit the link',
    wrong: ipInIp('always', 1500),
    at: 'cluster:k calico.mtu',
    says: "Pods of cluster k send 1500 bytes, with 20 for Calico's tunnel 1520; the link of n1 carries 1500",
    // Nodes of one subnet need no tunnel.
    right: ipInIp('cross-subnet', 1500),
  },
  {
    code: 'nested-vxlan-port',
    title: "Calico's VXLAN in machines on a VXLAN segment",
    wrong: nested(4789),
    at: 'cluster:k calico.ipPools[0].vxlan',
    says: 'Calico of cluster k sends VXLAN on UDP 4789 inside segment web, whose own VXLAN uses that port too',
    right: nested(8472),
  },
  {
    code: 'nested-vxlan-port',
    title: 'a hypervisor whose VTEP is on a VXLAN segment',
    wrong: nestedHypervisors(4789),
    at: 'node:inner-1 interfaces[0].segment',
    says: 'inner-1 sends VXLAN on UDP 4789 inside segment carrier, whose own VXLAN uses that port too',
    right: nestedHypervisors(8472),
  },
  {
    code: 'vm-outside-transport-zone',
    title: 'a machine on a hypervisor that is not in the zone of its segment',
    wrong: overlay(ipv4, { zones: [] }),
    at: 'node:vm-2 interfaces[0].segment',
    says: 'vm-2 runs on esxi-2, which is not in transport zone tz of its segment web',
    right: overlay(ipv4, {}),
  },
  {
    code: 'vm-outside-transport-zone',
    title: 'a distributed router on a segment of another zone',
    wrong: otherZone('tz-2'),
    at: 'node:dlr interfaces[0].segment',
    says: 'dlr has an interface on segment web of transport zone tz, which is not its own',
    right: otherZone('tz'),
  },
  {
    code: 'hypervisor-without-vtep',
    title: 'a hypervisor of a zone whose VTEP has no address',
    wrong: overlay(ipv4, { vtep: { addresses: [] } }),
    at: 'node:esxi-2 vteps',
    says: 'esxi-2 is in transport zone tz, but no interface with an address is its VTEP',
    right: overlay(ipv4, {}),
  },
  {
    code: 'duplicate-vni',
    title: 'two segments of a zone with one VNI',
    wrong: vnis(6000, 6000),
    at: 'segment:b vni',
    says: 'VNI 6000 of transport zone tz is given to segments a and b',
    right: vnis(6000, 6001),
  },
  {
    code: 'vni-outside-pool',
    title: 'a VNI that the zone does not give out',
    wrong: vnis(6000, 8000),
    at: 'segment:b vni',
    says: 'VNI 8000 of segment b is outside the pool 6000–7999 of transport zone tz',
    right: vnis(6000, 7999),
  },
];

interface Overlay {
  /** MTU of the VTEPs' segment, in bytes. */
  readonly underlay?: number;
  /** Changes to the second hypervisor's VTEP. */
  readonly vtep?: Partial<NetworkInterface>;
  /** MTU of the overlay segment, in bytes. */
  readonly inner?: number;
  /** Tag that the first machine puts on its frames. */
  readonly vlan?: number;
  /** Zones of the second hypervisor. */
  readonly zones?: readonly string[];
}

/** Two hypervisors with a machine each on one VXLAN segment. */
function overlay(family: Family, options: Overlay): Design {
  const { underlay = 1600, inner = 1500, vlan, vtep, zones } = options;
  const second = { id: 'v', segment: 'vteps', addresses: [family.on(1, 12)], ...vtep };
  const item = { id: 'e', segment: 'web', addresses: [family.on(2, 11)] };
  return network()
    .transportZone('tz')
    .segment('vteps', family.subnet(1), { mtu: underlay })
    .vxlan('web', 6002, family.subnet(2), { mtu: inner })
    .hypervisor('esxi-1', [], { vteps: `v=${family.on(1, 11)}` })
    .hypervisor('esxi-2', [], { vteps: second, ...(zones ? { transportZones: zones } : {}) })
    .host('vm-1', [vlan === undefined ? item : { ...item, vlan }], { runsOn: 'esxi-1' })
    .host('vm-2', family.on(2, 12), { runsOn: 'esxi-2' })
    .build();
}

function routedUnderlay(mtu: number): Design {
  return network()
    .segment('rack-1', '10.0.1.0/24', { mtu: 1600 })
    .segment('rack-2', '10.0.2.0/24', { mtu: 1600 })
    .vxlan('web', 6002, '10.0.9.0/24')
    .router('r1', ['10.0.1.1/24', 'x=10.0.3.1/30'], { routes: ['10.0.2.0/24 via 10.0.3.2'] })
    .router('r2', ['10.0.2.1/24', 'x=10.0.3.2/30'], { routes: ['10.0.1.0/24 via 10.0.3.1'] })
    .link('between', 'r1/x', 'r2/x', { mtu })
    .hypervisor('esxi-1', [], { vteps: '10.0.1.11/24', gateway: '10.0.1.1' })
    .hypervisor('esxi-2', [], { vteps: '10.0.2.11/24', gateway: '10.0.2.1' })
    .host('vm-1', '10.0.9.11/24', { runsOn: 'esxi-1' })
    .build();
}

function stretched(outerDf: boolean): Design {
  return network()
    .segment('lan', '10.0.5.0/24')
    .segment('cloud', '10.0.5.0/24')
    .segment('uplink', '10.0.6.0/24')
    .l2Gateway('l2a', ['in=@lan', 'up=10.0.6.2/24'])
    .l2Gateway('l2b', ['in=@cloud', 'up=10.0.6.3/24'])
    .stretch('hcx', ['lan', 'l2a', 'up'], ['cloud', 'l2b', 'up'], { outerDf })
    .build();
}

function podRange({ name }: Family): string {
  return name === 'IPv4' ? '172.28.0.0/16' : 'fd00:28::/64';
}

function podMtu(family: Family, mtu: number): Design {
  const pools = [{ id: 'p', cidr: podRange(family), vxlan: 'always' as const }];
  return network()
    .segment('nodes', family.subnet(1))
    .host('n1', family.on(1, 11))
    .host('n2', family.on(1, 12))
    .cluster('k', ['n1 master', 'n2'], {
      podCidrs: [podRange(family)],
      serviceCidrs: [],
      calico: { mtu, ipPools: pools },
    })
    .build();
}

function ipInIp(mode: 'always' | 'cross-subnet', mtu: number): Design {
  const pools = [{ id: 'p', cidr: '172.28.0.0/16', ipInIp: mode }];
  return network()
    .segment('nodes', '10.0.1.0/24')
    .host('n1', '10.0.1.11/24')
    .host('n2', '10.0.1.12/24')
    .cluster('k', ['n1 master', 'n2'], { calico: { mtu, ipPools: pools } })
    .build();
}

function nested(udpPort: number): Design {
  const pools = [{ id: 'p', cidr: '172.28.0.0/16', vxlan: 'always' as const }];
  return network(overlay(ipv4, {}))
    .change('transport-zone', 'tz', (zone) => ({ ...zone, udpPort }))
    .cluster('k', ['vm-1 master', 'vm-2'], { calico: { ipPools: pools } })
    .build();
}

function nestedHypervisors(udpPort: number): Design {
  return network()
    .transportZone('outer', { udpPort })
    .transportZone('inner')
    .vxlan('carrier', 5000, '10.0.1.0/24', { transportZone: 'outer', mtu: 1600 })
    .hypervisor('inner-1', [], { vteps: '10.0.1.11/24', transportZones: ['inner'] })
    .build();
}

function otherZone(zone: string): Design {
  return network(overlay(ipv4, {}))
    .transportZone('tz-2')
    .vxlan('other', 7000, '10.0.3.0/24', { transportZone: zone })
    .dlr('dlr', ['10.0.2.1/24', '10.0.3.1/24'], { transportZone: zone })
    .build();
}

function vnis(a: number, b: number): Design {
  return (
    network()
      .transportZone('tz', { vniPool: { from: 6000, to: 7999 } })
      .transportZone('tz-2')
      .vxlan('a', a, '10.0.1.0/24', { transportZone: 'tz' })
      .vxlan('b', b, '10.0.2.0/24', { transportZone: 'tz' })
      // In another zone the number is free.
      .vxlan('c', a, '10.0.3.0/24', { transportZone: 'tz-2' })
      .build()
  );
}
