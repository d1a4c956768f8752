import type { Design, Link, NetworkInterface, Node, Segment, Stretch } from '../../model/design.ts';
import type { Subject } from './contents.ts';

/**
 * What a cell says of its entity beside what is drawn of it: attributes of the cell's object, which draw.io shows under
 * Edit Data. Keys that draw.io itself knows (`id`, `label`, `link`, `tags`, `tooltip`, `placeholders`) are not among them.
 */
export type Facts = readonly (readonly [key: string, value: string])[];

export const refKey = 'hopscopeRef';
/** Before the id of an interface; its value is that of {@link interfaceText}. */
export const interfacePrefix = 'interface.';
/** Before a number from 1; the subnets of a segment, their gateways and names. */
export const subnetPrefix = 'subnet';
export const gatewayPrefix = 'gateway';
export const subnetNamePrefix = 'subnetName';

type Optional = readonly (readonly [string, string | number | boolean | undefined])[];

const known = (facts: Optional): Facts =>
  facts.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)] as const]));

/** Ids, addresses and the like, none of which has a blank in it. */
const listed = (values: readonly string[] | undefined): string | undefined =>
  values === undefined || values.length === 0 ? undefined : values.join(' ');

export function factsOf(subject: Subject): Facts {
  switch (subject.is) {
    case 'site': {
      const { name, notes, kind } = subject.site;
      return known([
        ['name', name],
        ['notes', notes],
        ['kind', kind],
      ]);
    }
    case 'segment':
      return segmentFacts(subject.segment);
    case 'node': {
      const { node, membership } = subject;
      return [
        ...nodeFacts(node),
        ...known([
          ['cluster', membership?.cluster.id],
          ['roles', listed(membership?.roles)],
        ]),
        ...interfaceFacts(node),
      ];
    }
    case 'cluster': {
      const { name, notes, flavour, podCidrs, serviceCidrs } = subject.cluster;
      return known([
        ['name', name],
        ['notes', notes],
        ['flavour', flavour],
        ['podCidrs', listed(podCidrs)],
        ['serviceCidrs', listed(serviceCidrs)],
      ]);
    }
    case 'pod': {
      const { workload, pod } = subject;
      const found = workload.pods.find(({ id }) => id === pod);
      return known([
        ['workload', workload.id],
        ['namespace', workload.namespace],
        ['addresses', listed(found?.addresses)],
      ]);
    }
    default:
      return subject satisfies never;
  }
}

function segmentFacts(segment: Segment): Facts {
  const { name, notes, kind, site, mtu, subnets = [] } = segment;
  return [
    ...known([
      ['name', name],
      ['notes', notes],
      ['kind', kind],
      ['vlan', segment.kind === 'vlan' ? segment.vlan : undefined],
      ['vni', segment.kind === 'vxlan' ? segment.vni : undefined],
      ['transportZone', segment.kind === 'vxlan' ? segment.transportZone : undefined],
      ['site', site],
      ['mtu', mtu],
    ]),
    ...subnets.flatMap(({ cidr, gateway, name: subnetName }, at) =>
      known([
        [`${subnetPrefix}${at + 1}`, cidr],
        [`${gatewayPrefix}${at + 1}`, gateway],
        [`${subnetNamePrefix}${at + 1}`, subnetName],
      ]),
    ),
  ];
}

function nodeFacts(node: Node): Facts {
  const { name, notes, kind, site, state } = node;
  return known([
    ['name', name],
    ['notes', notes],
    ['kind', kind],
    ['site', site],
    ['state', state],
    ['runsOn', 'runsOn' in node ? node.runsOn : undefined],
    ['transportZone', node.kind === 'distributed-router' ? node.transportZone : undefined],
    ['transportZones', node.kind === 'hypervisor' ? listed(node.transportZones) : undefined],
    ['vteps', node.kind === 'hypervisor' ? listed(node.vteps) : undefined],
    ['forwarding', node.kind === 'host' ? node.forwarding : undefined],
  ]);
}

const interfaceFacts = ({ interfaces = [] }: Node): Facts =>
  interfaces.map((item) => [`${interfacePrefix}${item.id}`, interfaceText(item)] as const);

/** `10.0.0.1/24 2001:db8::1/64 mtu=9000 vlan=12 mac=00:50:56:01:02:03 state=down` */
function interfaceText({ addresses = [], mtu, vlan, mac, state }: NetworkInterface): string {
  const rest = known([
    ['mtu', mtu],
    ['vlan', vlan],
    ['mac', mac],
    ['state', state],
  ]);
  return [...addresses, ...rest.map(([key, value]) => `${key}=${value}`)].join(' ');
}

export const linkFacts = ({ name, notes, a, b, mtu, state }: Link): Facts =>
  known([
    ['name', name],
    ['notes', notes],
    ['aInterface', a.interface],
    ['bInterface', b.interface],
    ['mtu', mtu],
    ['state', state],
  ]);

export function stretchFacts(stretch: Stretch): Facts {
  const { name, notes, a, b, port, overheadBytes, outerDf, proximityRouting, state } = stretch;
  return known([
    ['name', name],
    ['notes', notes],
    ['aSegment', a.segment],
    ['aUplink', a.uplink],
    ['bSegment', b.segment],
    ['bUplink', b.uplink],
    ['protocol', stretch.protocol],
    ['port', port],
    ['overheadBytes', overheadBytes],
    ['outerDf', outerDf],
    ['proximityRouting', proximityRouting],
    ['state', state],
  ]);
}

/** The layer that an interface's connector is drawn on: that of its segment. */
export const overlaySegments = ({ segments = [] }: Design): ReadonlySet<string> =>
  new Set(segments.filter(({ kind }) => kind === 'vxlan').map(({ id }) => id));
