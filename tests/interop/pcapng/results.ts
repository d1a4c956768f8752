import type {
  Disposition,
  Hop,
  Leg,
  Packet,
  ReplyTrace,
  Result,
  Step,
  Trace,
} from '../../../src-main/sim/vocabulary/index.ts';

export const transmit = (packet: Packet, port = 'eth0', mtuBytes = 1500): Step => ({
  kind: 'transmit',
  action: 'send',
  detail: {
    interface: port,
    segment: 'lan-1',
    lengthBytes: packet.find((header) => 'length' in header)?.length ?? 0,
    mtuBytes,
  },
  text: `Sends it out of ${port}`,
  packet,
});

export const split = (packet: Packet, mtuBytes: number, fragments: number): Step => ({
  kind: 'fragment',
  action: 'split',
  detail: {
    interface: 'eth0',
    lengthBytes: packet.find((header) => 'length' in header)?.length ?? 0,
    mtuBytes,
    fragments,
  },
  text: `Cuts it into ${fragments} fragments of up to ${mtuBytes} bytes`,
  packet,
});

export const dnat = (packet: Packet, from: string, to: string): Step => ({
  kind: 'nat',
  action: 'dnat',
  detail: { rule: { number: 5, id: 'dnat-5' }, from, to },
  text: `NAT rule 5 rewrites the destination ${from} to ${to}`,
  packet,
});

export const encapsulateVxlan = (packet: Packet, vni: number): Step => ({
  kind: 'encapsulate',
  action: 'vxlan',
  detail: { vni, segment: 'icp', from: '10.0.0.1', to: '10.0.0.2', overheadBytes: 50 },
  text: `Puts the frame into VXLAN ${vni}`,
  packet,
});

export const encapsulateIpInIp = (packet: Packet, mtuBytes: number): Step => ({
  kind: 'encapsulate',
  action: 'ip-in-ip',
  detail: {
    interface: 'tunl0',
    from: '192.168.20.61',
    to: '192.168.20.62',
    overheadBytes: 20,
    mtuBytes,
  },
  text: 'Puts the packet into IP-in-IP',
  packet,
});

export const decapsulateVxlan = (packet: Packet, vni: number): Step => ({
  kind: 'decapsulate',
  action: 'vxlan',
  detail: { vni, segment: 'icp' },
  text: `Takes the frame out of VXLAN ${vni}`,
  packet,
});

export const receive = (packet: Packet): Step => ({
  kind: 'receive',
  action: 'accept',
  detail: { interface: 'eth0', segment: 'lan-1' },
  text: 'Takes it in by eth0',
  packet,
});

export const acceptBy = (packet: Packet, rule: string): Step => ({
  kind: 'firewall',
  action: 'accept',
  detail: { protocol: 'tcp', source: '', sourcePort: 0, destination: '', destinationPort: 0 },
  text: `Rule ${rule} accepts`,
  packet,
});

export const matchIngress = (packet: Packet): Step => ({
  kind: 'ingress-rule',
  action: 'match',
  detail: {
    ingress: 'shop',
    host: 'shop.example.com',
    path: '/',
    service: 'web',
    to: '172.28.1.2:8080',
    endsTls: true,
    choices: 1,
  },
  text: 'Ingress shop sends shop.example.com/ to web',
  packet,
});

export const drop = (packet: Packet, text: string): Step => ({
  kind: 'drop',
  action: 'packet',
  detail: {
    disposition: 'denied',
    reason: text,
    because: { code: 'device-down', detail: { device: 'esg' } },
  },
  text,
  packet,
});

export const hop = (node: string, ...steps: readonly Step[]): Hop => ({
  node,
  nodeKind: 'host',
  depth: 0,
  steps,
});

export const leg = (hops: readonly Hop[], rest: Partial<Omit<Leg, 'hops'>> = {}): Leg => ({
  purpose: 'request',
  title: 'tcp 443 a → b',
  disposition: 'delivered',
  ...rest,
  hops,
});

export const trace = (legs: readonly Leg[], disposition: Disposition = 'delivered'): Trace => ({
  disposition,
  probability: 1,
  legs,
});

export const reply = (replyTo: number, legs: readonly Leg[]): ReplyTrace => ({
  ...trace(legs),
  replyTo,
});

export const result = (forward: readonly Trace[], reverse: readonly ReplyTrace[] = []): Result => ({
  status: 'reachable',
  warnings: [],
  assumptions: [],
  assumed: [],
  forward,
  reverse,
});

/** A result whose one leg is one node that sends these, one after the other. */
export const sending = (...packets: readonly Packet[]): Result =>
  result([trace([leg([hop('a', ...packets.map((packet) => transmit(packet)))])])]);
