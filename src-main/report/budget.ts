import { isIp, stackBytes } from '../sim/vocabulary/stack-bytes.ts';
import type { Leg, Packet, Result, Trace } from '../sim/index.ts';

/** What a link leaves of its MTU to the packet inside all tunnels. Bytes. */
export interface LinkBudget {
  /** The segment, or the link. */
  readonly link: string;
  readonly from: string;
  readonly mtu: number;
  /** Of the headers between the outermost and the innermost IP header, outermost first. */
  readonly around: readonly { readonly header: Packet[number]['type']; readonly bytes: number }[];
  /** For the innermost IP packet. */
  readonly room: number;
}

/** The likely way there, and the way back. */
export const likelyWays = ({ forward, reverse }: Result): readonly Trace[] =>
  [forward[0], reverse.find(({ replyTo }) => replyTo === 0)].filter((way) => way !== undefined);

/** Of each connection and its reply that got as far as a link. */
export const budgetsOf = (
  ways: readonly Trace[],
): readonly { readonly leg: Leg; readonly links: readonly LinkBudget[] }[] =>
  ways
    .flatMap(({ legs }) => legs)
    .filter(({ purpose }) => purpose === 'request' || purpose === 'reply')
    .map((leg) => ({ leg, links: budgetOf(leg) }))
    .filter(({ links }) => links.length > 0);

/** The links of a leg in their order, each combination of sender, link and headers once. */
export function budgetOf({ hops }: Leg): readonly LinkBudget[] {
  const budgets = new Map<string, LinkBudget>();
  for (const { node, steps } of hops) {
    for (const step of steps) {
      if (step.kind !== 'transmit') continue;
      const around = tunnelHeaders(step.packet);
      const taken = around.reduce((sum, { bytes }) => sum + bytes, 0);
      const { segment: link, mtuBytes: mtu } = step.detail;
      const key = JSON.stringify([link, node, mtu, around]);
      if (budgets.has(key)) continue;
      budgets.set(key, { link, from: node, mtu, around, room: mtu - taken });
    }
  }
  return [...budgets.values()];
}

/** What a tunnel, or several, put around the packet: the outer Ethernet header is not the MTU's. */
function tunnelHeaders(packet: Packet): LinkBudget['around'] {
  const outermost = packet.findIndex(isIp);
  const innermost = packet.findLastIndex(isIp);
  if (outermost < 0 || outermost === innermost) return [];
  const { headers } = stackBytes(packet);
  return packet
    .slice(outermost, innermost)
    .map((header, at) => ({ header: header.type, bytes: headers[outermost + at] ?? 0 }));
}
