import type { Interface, L2Segment } from '../../sim/compile/network.ts';
import { bridgeSysctls } from './sysctls.ts';
import { draftNamespace, type DraftNamespace } from './plan.ts';

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
  readonly lines: string[] = [];
  /** Where bridges of physical segments are; empty as long as none is needed. */
  readonly bridges: DraftNamespace;

  constructor(bridgesName: string) {
    this.bridges = draftNamespace(bridgesName);
    this.bridges.sysctls.push(...bridgeSysctls);
  }

  segment(segment: L2Segment, ends: readonly WireEnd[]): void {
    const [a, b] = ends;
    // The far end of a pair takes the carrier away when it is down; a switch does not.
    const alike = ends.every(
      ({ mtu, up }) => mtu === segment.mtu && (up || segment.kind === 'link'),
    );
    const direct = ends.length === 2 && alike;
    if (direct && a && b) this.pair(a, b);
    else {
      const bridge = this.bridge(this.bridges, segment);
      for (const end of ends) this.port(this.bridges, bridge, segment, end);
    }
  }

  pair(a: WireEnd, b: WireEnd): void {
    this.lines.push(`link add ${deviceOf(a)} type veth peer ${deviceOf(b)}`);
  }

  /** A bridge that carries a segment's frames within a namespace. */
  bridge(within: DraftNamespace, segment: L2Segment): string {
    const name = within.names.free(`br${segment.index}`);
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
    this.lines.push(
      `link add ${deviceOf(end)} type veth peer name ${name} mtu ${mtu} netns ${within.name}`,
    );
    within.ip.push(`link set dev ${name} master ${bridge} up`);
    return name;
  }

  /** An interface that is not connected: its far end stays down. */
  loose(end: WireEnd): void {
    const name = this.bridges.names.free('loose');
    this.lines.push(
      `link add ${deviceOf(end)} type veth peer name ${name} netns ${this.bridges.name}`,
    );
  }
}

const portMtu = (segment: L2Segment, end: Pick<Interface, 'mtu'>): number =>
  Math.max(smallestMtuBytes, Math.min(segment.mtu, end.mtu) - bridgeSlackBytes);

const deviceOf = ({ namespace, name, mac, mtu }: WireEnd): string =>
  `name ${name} mtu ${mtu} address ${mac} netns ${namespace.name}`;
