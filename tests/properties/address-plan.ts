import fc from 'fast-check';

/** Families that a random design has. */
export type Families = readonly (4 | 6)[];
export const families: fc.Arbitrary<Families> = fc.constantFrom<Families>([4], [6], [4, 6]);

/** Network `index` of a design: 10.index.0.0/24 and fd00:index::/64, or public ones. Host 1–250. */
export interface Network {
  readonly id: string;
  readonly index: number;
  readonly isPublic: boolean;
}

export function hostAddress(network: Network, family: 4 | 6, host: number): string {
  const { index, isPublic } = network;
  if (family === 4) return isPublic ? `198.51.${100 + index}.${host}` : `10.${index}.0.${host}`;
  const hex = host.toString(16);
  return isPublic ? `2001:db8:${index}::${hex}` : `fd00:${index}::${hex}`;
}

export const lengthOf = (family: 4 | 6): number => (family === 4 ? 24 : 64);

export const subnetOf = (network: Network, family: 4 | 6): string =>
  family === 4
    ? `${hostAddress(network, 4, 0)}/24`
    : `${network.isPublic ? '2001:db8' : 'fd00'}:${network.index}::/64`;

/** Interface addresses of one host in all families: `10.1.0.5/24,fd00:1::5/64`. */
export const interfaceAddresses = (network: Network, has: Families, host: number): string[] =>
  has.map((family) => `${hostAddress(network, family, host)}/${lengthOf(family)}`);

export const everywhere = (family: 4 | 6): string => (family === 4 ? '0.0.0.0/0' : '::/0');

/** Addresses that nobody has: unused ones, loopback, multicast, broadcast, link-local, nothing at all. */
export const nonsenseAddress = (has: Families): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...has.flatMap((family) =>
      family === 4
        ? [
            '203.0.113.77',
            '10.99.0.1',
            '127.0.0.1',
            '224.0.0.5',
            '255.255.255.255',
            '169.254.1.1',
            '0.0.0.0',
          ]
        : ['2001:db8:ffff::7', 'fd00:99::1', '::1', 'ff02::5', 'fe80::1', '::'],
    ),
  );
