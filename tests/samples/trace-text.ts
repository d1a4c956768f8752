/** A result as plain text with nothing left out: every step with its sentence, every header wherever one changed. */
import {
  ipProtocolName,
  type Hop,
  type Leg,
  type Packet,
  type PacketHeader,
  type Result,
  type Trace,
} from '../../src-main/sim/index.ts';

export function traceText(result: Result, title: string): string {
  const mtu = result.pathMtu === undefined ? '' : `, path MTU ${result.pathMtu}`;
  const traces = result.forward.flatMap((trace, at) => [
    ...traceLines(trace, `request ${at + 1} of ${result.forward.length}`),
    ...result.reverse
      .filter(({ replyTo }) => replyTo === at)
      .flatMap((reply) => traceLines(reply, `reply to request ${at + 1}`)),
  ]);
  return [
    title,
    `${result.status}${mtu}`,
    ...result.warnings.map(({ code, at, text }) => `warning ${code} at ${at}: ${text}`),
    ...result.assumptions.map((text) => `assumed: ${text}`),
    ...traces,
    '',
  ].join('\n');
}

function traceLines(trace: Trace, heading: string): string[] {
  const share = Number(trace.probability.toFixed(4));
  const first = `${heading}: ${trace.disposition}, share ${share}`;
  return ['', '', first, '='.repeat(first.length), ...trace.legs.flatMap(legLines)];
}

function legLines(leg: Leg): string[] {
  const mtu = leg.pathMtu === undefined ? '' : `, path MTU ${leg.pathMtu}`;
  const lines = ['', `-- ${leg.purpose}, ${leg.title}: ${leg.disposition}${mtu}`];
  let shown = '';
  for (const hop of leg.hops) {
    const indent = '  '.repeat(hop.depth + 1);
    lines.push(indent + hopName(hop));
    for (const step of hop.steps) {
      lines.push(`${indent}  ${`${step.kind}/${step.action}`.padEnd(25)} ${step.text}`);
      const packet = packetLines(step.packet);
      if (packet.join() !== shown) lines.push(...packet.map((line) => `${indent}      ${line}`));
      shown = packet.join();
    }
  }
  return lines;
}

const hopName = ({ node, nodeKind, on }: Hop): string =>
  `${node} (${nodeKind}${on === undefined ? '' : ` on ${on}`})`;

/** One line a frame: what is inside a tunnel stands below it. */
function packetLines(packet: Packet): readonly string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const header of packet) {
    if (header.type === 'ethernet' && line.length > 0) {
      lines.push(line.join(' | '));
      line = [];
    }
    line.push(headerText(header));
  }
  return [...lines, line.join(' | ')].map((text) => `[${text}]`);
}

function headerText(header: PacketHeader): string {
  switch (header.type) {
    case 'ethernet': {
      const tag = header.vlan === undefined ? '' : ` VLAN ${header.vlan}`;
      return `Ethernet ${header.src} → ${header.dst}${tag}`;
    }
    case 'ipv4':
    case 'ipv6': {
      const df = header.type === 'ipv4' && header.df ? ' DF' : '';
      const carried = ipProtocolName(header.protocol);
      const ends = `${header.type} ${header.src} → ${header.dst}`;
      return `${ends} ttl ${header.ttl}${df} ${carried} ${header.length} bytes`;
    }
    case 'tcp':
      return `tcp ${header.sourcePort} → ${header.destinationPort} ${header.flags}`;
    case 'udp':
      return `udp ${header.sourcePort} → ${header.destinationPort}`;
    case 'icmp':
      return `icmp ${header.message} ${header.id}`;
    case 'vxlan':
      return `vxlan ${header.vni}`;
    case 'esp':
      return `esp ${header.spi} overhead ${header.overhead}`;
    default:
      return header satisfies never;
  }
}
