import type { FirewallService } from '../../model/design.ts';
import type { L4Entry, ServiceEntry } from './objects.ts';

/** Ports of one L4PortSetServiceEntry; a range counts as two. */
const mostPorts = 15;

/** Entries for the services of a rule; undefined where it is for every one. Their ids are unique in the rule. */
export function serviceEntries(
  services: readonly FirewallService[] | undefined,
): readonly ServiceEntry[] | undefined {
  if (!services || services.length === 0) return undefined;
  if (services.some(({ protocol }) => protocol === 'any')) return undefined;
  const entries = new Map<string, ServiceEntry>();
  for (const service of services) {
    for (const entry of entriesOf(service)) entries.set(entry.id, entry);
  }
  return [...entries.values()];
}

function entriesOf({ protocol, ports }: FirewallService): readonly ServiceEntry[] {
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return portEntries(protocol, ports);
    case 'icmp':
      return (['ICMPv4', 'ICMPv6'] as const).map((name) => ({
        resource_type: 'ICMPTypeServiceEntry',
        ...named(name),
        protocol: name,
      }));
    case 'esp':
      return [protocolEntry('ESP', 50)];
    case 'ip-in-ip':
      return [protocolEntry('IPv4-in-IP', 4), protocolEntry('IPv6-in-IP', 41)];
    case 'any':
      return [];
    default:
      return protocol satisfies never;
  }
}

const named = (name: string) => ({ id: name, display_name: name });

const protocolEntry = (name: string, number: number): ServiceEntry => ({
  resource_type: 'IPProtocolServiceEntry',
  ...named(name),
  protocol_number: number,
});

export function portEntries(
  protocol: 'tcp' | 'udp',
  ports: readonly (number | string)[] | undefined,
): readonly L4Entry[] {
  const name = protocol === 'tcp' ? 'TCP' : 'UDP';
  const base = { resource_type: 'L4PortSetServiceEntry', l4_protocol: name } as const;
  if (!ports || ports.length === 0) return [{ ...base, ...named(name) }];
  const chunks: string[][] = [];
  let room = 0;
  for (const port of ports) {
    const cost = typeof port === 'string' ? 2 : 1;
    if (room < cost) {
      chunks.push([]);
      room = mostPorts;
    }
    chunks.at(-1)?.push(String(port));
    room -= cost;
  }
  return chunks.map((chunk) => ({
    ...base,
    // A name of at most 255 characters, however many ports there are.
    ...named(`${name}-${chunk.join('_')}`),
    destination_ports: chunk,
  }));
}
