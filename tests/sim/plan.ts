/** Addresses for tests in both families: 10.0.N.H and 2001:db8:0:N::H. */

/** The address of a host in one of the test's /24 and /64 subnets. */
export const address = (family: 4 | 6, subnet: number, host: number) =>
  family === 4 ? `10.0.${subnet}.${host}` : `2001:db8:0:${subnet}::${host}`;
export const both = (subnet: number, host: number) =>
  `${address(4, subnet, host)}/24,${address(6, subnet, host)}/64`;
export const gateway = (subnet: number) => [address(4, subnet, 1), address(6, subnet, 1)];
export const subnets = (subnet: number) => [`10.0.${subnet}.0/24`, `2001:db8:0:${subnet}::/64`];
