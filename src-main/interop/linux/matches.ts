import type { FirewallService } from '../../model/design.ts';
import { parseAddressMatch, type IpFamily } from '../../model/ip.ts';

/**
 * What rules match on, as arguments of iptables. A match is a list of alternatives, since one rule of iptables has one
 * of each kind: `['']` matches everything, `[]` nothing of the family.
 */
export type Alternatives = readonly string[];

const everything: Alternatives = [''];

/** Most ports that `multiport` takes, a range counting twice (iptables-extensions(8)). */
const mostPorts = 15;

export const join = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(' ');

/** Every combination of the alternatives. */
export const combine = (...matches: readonly Alternatives[]): Alternatives =>
  matches.reduce<Alternatives>(
    (all, match) => all.flatMap((one) => match.map((other) => join(one, other))),
    everything,
  );

export function addressMatch(
  texts: readonly string[] | undefined,
  side: 'source' | 'destination',
  family: IpFamily,
): Alternatives {
  if (!texts || texts.length === 0 || texts.includes('any')) return everything;
  return texts
    .filter((text) => parseAddressMatch(text)?.[0]?.from.family === family)
    .map((text) => {
      if (!text.includes('-')) return `--${side} ${text}`;
      const range = text.split('-').map((end) => end.trim());
      return `-m iprange --${side === 'source' ? 'src' : 'dst'}-range ${range.join('-')}`;
    });
}

/** Protocols by the names of a design. Two for what stands for a packet of either family inside. */
function protocolMatch(protocol: string | undefined, family: IpFamily): Alternatives {
  switch (protocol) {
    case undefined:
    case 'any':
      return everything;
    case 'icmp':
      return [family === 4 ? '-p icmp' : '-p ipv6-icmp'];
    case 'ip-in-ip':
      return ['-p 4', '-p 41'];
    default:
      return [`-p ${protocol}`];
  }
}

export function serviceMatch(
  protocol: string | undefined,
  ports: readonly (number | string)[] | undefined,
  family: IpFamily,
): Alternatives {
  return combine(protocolMatch(protocol, family), portMatch(ports));
}

function portMatch(ports: readonly (number | string)[] | undefined): Alternatives {
  if (!ports || ports.length === 0) return everything;
  const chunks: string[][] = [];
  let room = 0;
  for (const port of ports) {
    const cost = typeof port === 'number' ? 1 : 2;
    if (room < cost) {
      chunks.push([]);
      room = mostPorts;
    }
    chunks.at(-1)?.push(String(port).replace('-', ':'));
    room -= cost;
  }
  return chunks.map((chunk) => `-m multiport --dports ${chunk.join(',')}`);
}

export const servicesMatch = (
  services: readonly FirewallService[] | undefined,
  family: IpFamily,
): Alternatives =>
  !services || services.length === 0
    ? everything
    : services.flatMap(({ protocol, ports }) => serviceMatch(protocol, ports, family));

/** An interface by its name in Linux; nothing where the node has no such interface. */
export const interfaceMatch = (flag: '-i' | '-o', name: string | undefined): Alternatives =>
  name === undefined ? everything : [`${flag} ${name}`];
