import { interfaceAddress, ip } from '../../model/ip.ts';
import { code, type Line } from '../document.ts';
import type { Speaker } from '../speaker.ts';

/** Whose an address is, where that is one node alone. */
export type Owners = ReadonlyMap<string, string>;

export function ownersOf({ design, node }: Speaker): Owners {
  const nodes = new Map<string, Set<string>>();
  const add = (address: string, id: string) =>
    nodes.set(address, (nodes.get(address) ?? new Set()).add(id));
  for (const one of design.nodes ?? []) {
    for (const { addresses = [] } of one.interfaces ?? []) {
      for (const text of addresses) add(interfaceAddress(text).ip.text, one.id);
    }
    for (const { address } of ('virtualIps' in one && one.virtualIps) || []) {
      add(ip(address).text, one.id);
    }
  }
  return new Map(
    [...nodes].flatMap(([address, [id, ...others]]) =>
      id === undefined || others.length > 0 ? [] : [[address, node(id)]],
    ),
  );
}

export function withOwner(owners: Owners, address: string): Line {
  const owner = owners.get(ip(address).text);
  return owner === undefined ? [code(address)] : [code(address), ` ${owner}`];
}
