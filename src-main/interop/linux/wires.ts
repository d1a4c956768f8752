import { entityRef } from '../../model/ids.ts';
import type { Interface, L2Segment } from '../../sim/compile/network.ts';
import { bridgeSysctls } from './sysctls.ts';
import type { Names } from './names.ts';
import {
  draftNamespace,
  type DraftNamespace,
  type LinuxOptions,
  type Pair,
  type PairEnd,
} from './plan.ts';

/**
 * A bridge lets frames pass that are one VLAN tag longer than its port's MTU (net/core/dev.c, `is_skb_forwardable`): the
 * port of an interface is set lower by that, so that nothing larger than the design's MTU passes. Bytes.
 */
const bridgeSlackBytes = 4;
/** Linux makes no Ethernet interface with less (ETH_MIN_MTU). Bytes. */
const smallestMtuBytes = 68;

/** A bridge's own, so that it does not follow its ports'. IPv6 needs 1280 to stay. Bytes. */
const widestMtuBytes = 65535;

/** One end of a wire: an interface of a namespace. */
export interface WireEnd {
  readonly namespace: DraftNamespace;
  readonly name: string;
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
}

/** Makes veth pairs, and bridges where more than two meet or where their MTUs differ. */
export class Wires {
  readonly pairs: Pair[] = [];
  /** Where bridges of physical segments are, unless they are apart, and loose ends; empty as long as none is needed. */
  readonly bridges: DraftNamespace;
  /** One for each bridge where they are apart. */
  readonly switches: DraftNamespace[] = [];
  readonly #names: Names;
  readonly #options: LinuxOptions;

  constructor(names: Names, options: LinuxOptions) {
    this.#names = names;
    this.#options = options;
    this.bridges = this.#place('segments');
  }

  /** `ip -batch` lines that make the pairs. */
  get lines(): string[] {
    return this.pairs.map(([a, b]) => `link add ${deviceText(a)} type veth peer ${deviceText(b)}`);
  }

  segment(segment: L2Segment, ends: readonly WireEnd[]): void {
    const [a, b] = ends;
    // The far end of a pair takes the carrier away when it is down; a switch does not.
    const alike = ends.every(
      ({ mtu, up }) => mtu === segment.mtu && (up || segment.kind === 'link'),
    );
    const direct = ends.length === 2 && alike;
    if (direct && a && b) this.pairs.push([endOf(a), endOf(b)]);
    else {
      const within = this.#placeOf(segment);
      const bridge = this.bridge(within, segment);
      for (const end of ends) this.port(within, bridge, segment, end);
    }
  }

  #placeOf(segment: L2Segment): DraftNamespace {
    if (this.#options.switches !== 'apart') return this.bridges;
    const place = this.#place(segment.id);
    this.switches.push(place);
    return place;
  }

  #place(name: string): DraftNamespace {
    const place = draftNamespace(this.#names.free(name), {}, this.#options.reservedNames);
    place.sysctls.push(...bridgeSysctls);
    return place;
  }

  /** A bridge that carries a segment's frames within a namespace. */
  bridge(within: DraftNamespace, segment: L2Segment): string {
    const name = within.names.free(`br${segment.index}`);
    within.bridges.set(name, entityRef(segment.kind === 'link' ? 'link' : 'segment', segment.id));
    // No snooping: who asks for a neighbor is heard at once.
    within.ip.push(
      `link add name ${name} type bridge stp_state 0 mcast_snooping 0 forward_delay 0`,
      `link set dev ${name} mtu ${widestMtuBytes} addrgenmode none`,
      `link set dev ${name} up`,
    );
    return name;
  }

  /** Joins an interface to a bridge of another namespace; gives the port's name. */
  port(within: DraftNamespace, bridge: string, segment: L2Segment, end: WireEnd): string {
    const name = within.names.free('port');
    const mtu = portMtu(segment, end);
    this.pairs.push([endOf(end), { namespace: within.name, name, mtu, up: true }]);
    within.ip.push(`link set dev ${name} master ${bridge} up`);
    return name;
  }

  /** An interface that is not connected: its far end stays down. */
  loose(end: WireEnd): void {
    const name = this.bridges.names.free('loose');
    this.pairs.push([endOf(end), { namespace: this.bridges.name, name, up: false }]);
  }
}

const portMtu = (segment: L2Segment, end: Pick<Interface, 'mtu'>): number =>
  Math.max(smallestMtuBytes, Math.min(segment.mtu, end.mtu) - bridgeSlackBytes);

const endOf = ({ namespace, name, mac, mtu, up }: WireEnd): PairEnd => ({
  namespace: namespace.name,
  name,
  mtu,
  mac,
  up,
});

const deviceText = ({ namespace, name, mtu, mac }: PairEnd): string =>
  [
    `name ${name}`,
    ...(mtu === undefined ? [] : [`mtu ${mtu}`]),
    ...(mac === undefined ? [] : [`address ${mac}`]),
    `netns ${namespace}`,
  ].join(' ');
