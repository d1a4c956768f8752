import { requires, type Availability, type Capability } from '../support/capabilities.ts';

/** What the kernel's part of the tests needs of a machine. */
export const kernelNeeds: readonly Capability[] = [
  'network-namespaces',
  'ip',
  'iptables',
  'python3',
];

export const kernelAvailability = (): Availability => requires(...kernelNeeds);
