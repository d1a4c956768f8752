/**
 * Leaf-spine data centres of any size: racks of hosts, leaves that share their traffic over all spines (ECMP), firewalls
 * with rules before server zones, and an overlay of VMs on hypervisors behind a distributed router. The same seed gives
 * the same design.
 */
import type { Design, FirewallRule, Node, Route, Segment } from '../../src-main/model/design.ts';
import { issueSentence } from '../../src-main/model/issue.ts';
import { parseDesign } from '../../src-main/model/validate.ts';
import { Random } from './random.ts';

export interface Fabric {
  readonly design: Design;
  /** Hosts by what they stand behind; each with an address that others send to. */
  readonly hosts: readonly Station[];
  readonly servers: readonly Station[];
  readonly machines: readonly Station[];
}
export interface Station {
  readonly node: string;
  readonly address: string;
}

/** The same for every size, so that what grows is the network and not the number of equal ways. */
const spines = 4;
/** Hosts on one leaf's segment. */
const hostsPerRack = 20;
/** One rack in so many is a server zone behind a firewall, or hypervisors with VMs. */
const zoneEvery = 16;
const rulesPerFirewall = 100;
/** What servers listen on. */
const serverPort = 443;

const mod = (value: number) => [(value >> 8) & 255, value & 255] as const;
/** 10.1.0.0–10.1.255.255 and on: a /24 for each rack. */
const rackNet = (rack: number) => `10.${1 + mod(rack)[0]}.${mod(rack)[1]}`;
/** 10.64.0.0/10: a /30 for each link of a leaf to a spine. */
function linkNet(link: number): (host: number) => string {
  const base = link * 4;
  return (host) => `10.${64 + ((base >> 16) & 63)}.${(base >> 8) & 255}.${(base & 255) + host}`;
}

class Builder {
  readonly segments: Segment[] = [];
  readonly nodes: Node[] = [];
  readonly links: NonNullable<Design['links']>[number][] = [];
  readonly hosts: Station[] = [];
  readonly servers: Station[] = [];
  readonly machines: Station[] = [];
  readonly #random: Random;
  readonly #racks: number;

  constructor(nodes: number, seed: number) {
    this.#random = new Random(seed);
    this.#racks = Math.max(2, Math.floor((nodes - spines) / (hostsPerRack + 1)));
  }

  build(): Fabric {
    for (let rack = 0; rack < this.#racks; rack += 1) this.#leaf(rack);
    this.#addSpines();
    this.#addOverlayCore();
    const parsed = parseDesign({
      hopscope: 1,
      name: `leaf-spine, ${this.nodes.length} nodes`,
      transportZones: [{ id: 'overlay', udpPort: 4789 }],
      segments: this.segments,
      nodes: this.nodes,
      links: this.links,
    });
    if (!parsed.ok) throw new Error(parsed.issues.map(issueSentence).join('\n'));
    const { hosts, servers, machines } = this;
    return { design: parsed.value, hosts, servers, machines };
  }

  /** A leaf with its rack and its links to all spines. */
  #leaf(rack: number): void {
    const net = rackNet(rack);
    this.segments.push({
      id: `rack-${rack}`,
      kind: 'lan',
      mtu: 1600,
      subnets: [{ cidr: `${net}.0/24`, gateway: `${net}.1` }],
    });
    const uplinks = Array.from({ length: spines }, (_, spine) => {
      const at = linkNet(rack * spines + spine);
      this.links.push({
        id: `l${rack}-s${spine}`,
        a: { node: `leaf-${rack}`, interface: `up-${spine}` },
        b: { node: `spine-${spine}`, interface: `down-${rack}` },
        mtu: 1600,
      });
      return { id: `up-${spine}`, addresses: [`${at(1)}/30`], via: at(2) };
    });
    const routes: Route[] = uplinks.map(({ via }) => ({ destination: '0.0.0.0/0', via }));
    if (isServerZone(rack)) routes.push({ destination: zoneNet(rack), via: `${net}.250` });
    if (isOverlay(rack)) routes.push({ destination: overlayNet(rack), via: `${net}.250` });
    this.nodes.push({
      id: `leaf-${rack}`,
      kind: 'router',
      interfaces: [
        { id: 'rack', segment: `rack-${rack}`, addresses: [`${net}.1/24`] },
        ...uplinks.map(({ id, addresses }) => ({ id, addresses })),
      ],
      routes,
    });
    if (isServerZone(rack)) this.#serverZone(rack);
    else if (isOverlay(rack)) this.#hypervisors(rack);
    else this.#hostsOf(rack);
  }

  #hostsOf(rack: number): void {
    const net = rackNet(rack);
    for (let at = 0; at < hostsPerRack; at += 1) {
      const id = `host-${rack}-${at}`;
      const address = `${net}.${10 + at}`;
      this.hosts.push({ node: id, address });
      this.nodes.push(station(id, `rack-${rack}`, address, `${net}.1`));
    }
  }

  /** A firewall on the rack's segment, and servers behind it. */
  #serverZone(rack: number): void {
    const [net, zone] = [rackNet(rack), zoneBase(rack)];
    const segment = `zone-${rack}`;
    this.segments.push({
      id: segment,
      kind: 'lan',
      subnets: [{ cidr: zoneNet(rack), gateway: `${zone}.1` }],
    });
    this.nodes.push({
      id: `fw-${rack}`,
      kind: 'router',
      interfaces: [
        { id: 'out', segment: `rack-${rack}`, addresses: [`${net}.250/24`] },
        { id: 'in', segment, addresses: [`${zone}.1/24`] },
      ],
      routes: [{ destination: '0.0.0.0/0', via: `${net}.1` }],
      firewall: { rules: this.#rules(zoneNet(rack)) },
    });
    for (let at = 0; at < hostsPerRack - 1; at += 1) {
      const id = `server-${rack}-${at}`;
      const address = `${zone}.${10 + at}`;
      this.servers.push({ node: id, address });
      this.nodes.push(station(id, segment, address, `${zone}.1`));
    }
  }

  /** Rules that hardly ever match, and last the one that lets the zone's service in. */
  #rules(zone: string): FirewallRule[] {
    const random = this.#random;
    const narrow = Array.from({ length: rulesPerFirewall - 2 }, (_, at): FirewallRule => {
      const port = 1024 + random.below(60000);
      const source = `${rackNet(random.below(this.#racks))}.${10 + random.below(hostsPerRack)}`;
      return {
        id: `r${at}`,
        sources: [source],
        destinations: [zone],
        services: [{ protocol: random.pick(['tcp', 'udp'] as const), ports: [port] }],
        action: random.pick(['accept', 'deny'] as const),
      };
    });
    return [
      ...narrow,
      { id: 'out', sources: [zone], action: 'accept' },
      {
        id: 'service',
        destinations: [zone],
        services: [{ protocol: 'tcp', ports: [serverPort] }],
        action: 'accept',
      },
    ];
  }

  /** Four hypervisors on the rack's segment with VMs on a logical switch of the rack, and the edge out of it. */
  #hypervisors(rack: number): void {
    const net = rackNet(rack);
    const hypervisors = Array.from({ length: 4 }, (_, at) => `esxi-${rack}-${at}`);
    hypervisors.forEach((id, at) => {
      this.nodes.push({
        id,
        kind: 'hypervisor',
        interfaces: [{ id: 'vtep', segment: `rack-${rack}`, addresses: [`${net}.${200 + at}/24`] }],
        routes: [{ destination: '0.0.0.0/0', via: `${net}.1` }],
        transportZones: ['overlay'],
        vteps: ['vtep'],
      });
    });
    const overlay = overlayBase(rack);
    const segment = `switch-${rack}`;
    this.segments.push({
      id: segment,
      kind: 'vxlan',
      vni: 10000 + rack,
      transportZone: 'overlay',
      mtu: 1500,
      subnets: [{ cidr: overlayNet(rack), gateway: `${overlay}.1` }],
    });
    this.segments.push({
      id: `transit-${rack}`,
      kind: 'vxlan',
      vni: 100000 + rack,
      transportZone: 'overlay',
      mtu: 1500,
      subnets: [{ cidr: `${transitBase(rack)}.0/24` }],
    });
    this.nodes.push({
      id: `esg-${rack}`,
      kind: 'edge-gateway',
      runsOn: hypervisors[0] ?? '',
      interfaces: [
        { id: 'up', segment: `rack-${rack}`, addresses: [`${net}.250/24`] },
        { id: 'down', segment: `transit-${rack}`, addresses: [`${transitBase(rack)}.1/24`] },
      ],
      routes: [
        { destination: '0.0.0.0/0', via: `${net}.1` },
        { destination: overlayNet(rack), via: `${transitBase(rack)}.2` },
      ],
      firewall: { rules: this.#rules(overlayNet(rack)) },
    });
    for (let at = 0; at < hostsPerRack - 6; at += 1) {
      const id = `vm-${rack}-${at}`;
      const address = `${overlay}.${10 + at}`;
      this.machines.push({ node: id, address });
      this.nodes.push({
        ...station(id, segment, address, `${overlay}.1`),
        runsOn: this.#random.pick(hypervisors),
      });
    }
  }

  /** One distributed router a rack of hypervisors: the gateway of its logical switch. */
  #addOverlayCore(): void {
    for (let rack = 0; rack < this.#racks; rack += 1) {
      if (!isOverlay(rack)) continue;
      this.nodes.push({
        id: `dlr-${rack}`,
        kind: 'distributed-router',
        transportZone: 'overlay',
        interfaces: [
          { id: 'vms', segment: `switch-${rack}`, addresses: [`${overlayBase(rack)}.1/24`] },
          { id: 'up', segment: `transit-${rack}`, addresses: [`${transitBase(rack)}.2/24`] },
        ],
        routes: [{ destination: '0.0.0.0/0', via: `${transitBase(rack)}.1` }],
      });
    }
  }

  #addSpines(): void {
    for (let spine = 0; spine < spines; spine += 1) {
      const racks = Array.from({ length: this.#racks }, (_, rack) => {
        const at = linkNet(rack * spines + spine);
        return { rack, address: `${at(2)}/30`, via: at(1) };
      });
      this.nodes.push({
        id: `spine-${spine}`,
        kind: 'router',
        interfaces: racks.map(({ rack, address }) => ({
          id: `down-${rack}`,
          addresses: [address],
        })),
        routes: racks.flatMap(({ rack, via }) => [
          { destination: `${rackNet(rack)}.0/24`, via },
          ...(isServerZone(rack) ? [{ destination: zoneNet(rack), via }] : []),
          ...(isOverlay(rack) ? [{ destination: overlayNet(rack), via }] : []),
        ]),
      });
    }
  }
}

const isServerZone = (rack: number) => rack % zoneEvery === 1;
const isOverlay = (rack: number) => rack % zoneEvery === 0;
/** 172.16.0.0/12: a /24 for each server zone. */
const zoneBase = (rack: number) => `172.${16 + mod(rack)[0]}.${mod(rack)[1]}`;
const zoneNet = (rack: number) => `${zoneBase(rack)}.0/24`;
/** 192.168.0.0/16 and 198.18.0.0/15 (RFC 2544): a /24 for each logical switch, and for its transit. */
const overlayBase = (rack: number) => `192.168.${Math.floor(rack / zoneEvery)}`;
const overlayNet = (rack: number) => `${overlayBase(rack)}.0/24`;
const transitBase = (rack: number) => `198.18.${Math.floor(rack / zoneEvery)}`;

function station(
  id: string,
  segment: string,
  address: string,
  gateway: string,
): Node & { kind: 'host' } {
  return {
    id,
    kind: 'host',
    interfaces: [{ id: 'eth0', segment, addresses: [`${address}/24`] }],
    routes: [{ destination: '0.0.0.0/0', via: gateway }],
    listeners: [{ protocol: 'tcp', port: serverPort }],
  };
}

/** A fabric of about so many nodes. */
export const fabric = (nodes: number, seed = 1): Fabric => new Builder(nodes, seed).build();

export interface Trip {
  readonly from: Station;
  readonly to: Station;
  readonly port: number;
  readonly sourcePort: number;
}

/** A mix of connections: mostly between racks, some to servers behind firewalls, between VMs, and to what is closed. */
export function trips({ hosts, servers, machines }: Fabric, count: number, seed = 2): Trip[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const [share, closed] = [random.below(100), random.below(100) < 5];
    const from = share >= 85 && machines.length > 0 ? machines : hosts;
    const to = share < 65 ? hosts : share < 80 || machines.length === 0 ? servers : machines;
    return {
      from: random.pick(from),
      to: random.pick(to),
      port: closed ? 8080 : serverPort,
      sourcePort: 32768 + random.below(28000),
    };
  });
}
