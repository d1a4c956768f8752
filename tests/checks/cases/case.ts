import type { Design } from '../../../src-main/model/design.ts';
import type { FindingCode } from '../../../src-main/checks/index.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';

/** A design with one fault, and the same design mended. */
export interface FaultCase {
  readonly code: FindingCode;
  /** What the fault is, as the title of a test. */
  readonly title: string;
  readonly wrong: Design;
  /** Where it is found: `node:esg nat[0].translated`. */
  readonly at: string;
  /** The sentence that is told, in full. */
  readonly says: string;
  readonly right: Design;
}

/** Addresses of one family for designs that are the same in both: networks 1, 2, …, hosts in them by number. */
export interface Family {
  readonly name: 'IPv4' | 'IPv6';
  /** A private address without length. */
  readonly host: (network: number, host: number) => string;
  /** With the prefix length of its subnet. */
  readonly on: (network: number, host: number) => string;
  readonly subnet: (network: number) => string;
  /** On networks that the internet can reach. */
  readonly publicHost: (network: number, host: number) => string;
  readonly publicOn: (network: number, host: number) => string;
  readonly publicSubnet: (network: number) => string;
  readonly everywhere: string;
}

export const families: readonly Family[] = [
  {
    name: 'IPv4',
    host: (network, host) => `10.0.${network}.${host}`,
    on: (network, host) => `10.0.${network}.${host}/24`,
    subnet: (network) => `10.0.${network}.0/24`,
    publicHost: (network, host) => `198.51.${100 + network}.${host}`,
    publicOn: (network, host) => `198.51.${100 + network}.${host}/24`,
    publicSubnet: (network) => `198.51.${100 + network}.0/24`,
    everywhere: '0.0.0.0/0',
  },
  {
    name: 'IPv6',
    host: (network, host) => `fd00:${network}::${host}`,
    on: (network, host) => `fd00:${network}::${host}/64`,
    subnet: (network) => `fd00:${network}::/64`,
    publicHost: (network, host) => `2001:db8:${network}::${host}`,
    publicOn: (network, host) => `2001:db8:${network}::${host}/64`,
    publicSubnet: (network) => `2001:db8:${network}::/64`,
    everywhere: '::/0',
  },
];

/** The case in both families; titles say which. */
export const inBothFamilies = (make: (family: Family) => FaultCase): FaultCase[] =>
  families.map((family) => {
    const made = make(family);
    return { ...made, title: `${made.title} (${family.name})` };
  });

/** Networks 1 and 2 with a router between them (host 1 on each), and one host, 9, on each. */
export function twoNetworks({ host, on, subnet }: Family): NetworkBuilder {
  return network()
    .segment('left', subnet(1), { gateway: host(1, 1) })
    .segment('right', subnet(2), { gateway: host(2, 1) })
    .router('r', [`${on(1, 1)}@left`, `${on(2, 1)}@right`])
    .host('a', `${on(1, 9)}@left`, { gateway: host(1, 1) })
    .host('b', `${on(2, 9)}@right`, { gateway: host(2, 1) });
}

/**
 * The internet (public network 1: user .25, router .1), a public network 2 (router .1, edge .2), and behind the edge
 * network 1 (edge .1, server .9).
 */
export function behindEdge(
  { host, on, subnet, publicHost, publicOn, publicSubnet, everywhere }: Family,
  edge: Parameters<NetworkBuilder['edge']>[2] = {},
): NetworkBuilder {
  return network()
    .site('world', 'internet')
    .segment('internet', publicSubnet(1), { site: 'world' })
    .segment('outside', publicSubnet(2))
    .segment('inside', subnet(1), { gateway: host(1, 1) })
    .host('user', publicOn(1, 25), { gateway: publicHost(1, 1) })
    .router('isp', [publicOn(1, 1), publicOn(2, 1)])
    .edge('esg', [`wan=${publicOn(2, 2)}`, `lan=${on(1, 1)}`], {
      routes: [`${everywhere} via ${publicHost(2, 1)}`],
      ...edge,
    })
    .host('server', on(1, 9), { gateway: host(1, 1) });
}
