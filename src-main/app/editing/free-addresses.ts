import type { FreeAddress } from '../../contract/methods.ts';
import type { Design } from '../../model/design.ts';
import { ipToBigInt, parseIp, prefixContains, type Ip } from '../../model/ip.ts';
import { addressUse, hostRange, subnetsOf, type AddressUse, type SubnetOf } from './addresses.ts';
import { WorkingCopy } from './working-copy.ts';

/** What is still free on a segment, subnet by subnet, and who has `address` if anybody has. */
export function freeAddresses(
  design: Design,
  segmentId: string,
  address?: string,
): { readonly subnets: FreeAddress[]; readonly taken?: string } {
  const copy = new WorkingCopy(design);
  const segment = copy.get('segment', segmentId);
  if (!segment) return { subnets: [] };
  const use = addressUse(copy, segment);
  const subnets = subnetsOf(segment);
  const asked = address === undefined ? undefined : parseIp(address);
  const taken = asked && holderOf(asked, use, subnets);
  return {
    subnets: subnets.map((subnet) => freeIn(subnet, use)),
    ...(taken === undefined ? {} : { taken }),
  };
}

function freeIn({ prefix, gateway }: SubnetOf, use: AddressUse): FreeAddress {
  const next = use.next(prefix);
  const [first, last] = hostRange(prefix);
  return {
    cidr: prefix.text,
    ...(gateway ? { gateway: gateway.text } : {}),
    ...(next ? { next: `${next.text}/${prefix.length}` } : {}),
    used: use.count(prefix),
    size: String(last - first + 1n),
  };
}

function holderOf(address: Ip, use: AddressUse, subnets: readonly SubnetOf[]): string | undefined {
  const holder = use.holder(address);
  if (holder !== undefined) return holder;
  const subnet = subnets.find(({ prefix }) => prefixContains(prefix, address))?.prefix;
  if (!subnet) return undefined;
  const [first, last] = hostRange(subnet);
  const value = ipToBigInt(address);
  if (value < first) return `the network address of ${subnet.text}`;
  return value > last ? `the broadcast address of ${subnet.text}` : undefined;
}
