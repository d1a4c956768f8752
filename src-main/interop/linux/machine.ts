import type { HostLike, Node } from '../../model/design.ts';
import { familyBits, interfaceAddress, ip, type IpFamily } from '../../model/ip.ts';
import { findAddress } from '../../sim/compile/address-index.ts';
import type { Device, Interface, Network } from '../../sim/compile/network.ts';
import { filterTable } from './filter.ts';
import { natTable } from './nat.ts';
import { draftNamespace, type DraftNamespace, type LinuxOptions } from './plan.ts';
import { routeLines } from './routes.ts';
import { machineSysctls } from './sysctls.ts';

/** The stack of one machine: addresses, routes, rules. Its interfaces are there when its lines run. */
export function machineNamespace(
  network: Network,
  device: Device,
  node: Node,
  name: string,
  options: LinuxOptions,
  on?: string,
): DraftNamespace {
  const namespace = draftNamespace(
    name,
    on === undefined ? { node: node.id } : { node: node.id, on },
    options.reservedNames,
  );
  namespace.sysctls.push(...machineSysctls(device.forwards));
  const routed = device.interfaces.map((index) => {
    const item = network.interfaces[index] as Interface;
    const inLinux = namespace.names.interfaceName(item.id);
    namespace.interfaces.set(inLinux, item.id);
    const addresses = textsOf(node, item.id);
    namespace.ip.push(...interfaceLines(network, device, item, inLinux, addresses));
    return { id: item.id, name: inLinux, up: item.up, addresses };
  });
  namespace.ip.push(...routeLines(node, routed));
  const nameOf = (id: string) => routed.find((item) => item.id === id)?.name;
  if (isHostLike(node)) {
    namespace.iptables = rulesOf(node, 4, nameOf, options);
    namespace.ip6tables = rulesOf(node, 6, nameOf, options);
  }
  return namespace;
}

const isHostLike = (node: Node): node is HostLike =>
  node.kind === 'host' || node.kind === 'router' || node.kind === 'edge-gateway';

const textsOf = (node: Node, id: string): readonly string[] =>
  node.interfaces?.find((item) => item.id === id)?.addresses ?? [];

function interfaceLines(
  network: Network,
  device: Device,
  item: Interface,
  name: string,
  addresses: readonly string[],
): string[] {
  const six = (text: string) => interfaceAddress(text).ip.family === 6;
  // Of IPv6 addresses that serve as well Linux speaks with the one that was added last (net/ipv6/addrconf.c, `ipv6_link_dev_addr`).
  const ordered = [...addresses.filter((text) => !six(text)), ...addresses.filter(six).reverse()];
  const add = (text: string, more: string) =>
    `addr add ${text} dev ${name}${six(text) ? ` nodad${more}` : ''}`;
  // Linux would go on taking packets for the IPv4 addresses of a dead interface, by all the others.
  if (!item.up) return [];
  // An address that is shared comes behind its holder's own, of which Linux takes the first where an interface has none.
  const [first, shared] = [
    ordered.map((text) => add(text, '')),
    virtualIpsOf(network, device, item),
  ];
  const addShared = (text: string) => add(text, ' preferred_lft 0');
  return [
    ...shared.filter(six).map(addShared),
    ...first,
    ...shared.filter((text) => !six(text)).map(addShared),
    `link set dev ${name} up`,
  ];
}

/** Shared addresses that this interface answers for at present. */
function virtualIpsOf(network: Network, device: Device, item: Interface): string[] {
  const segment = network.segments[item.segment];
  if (!segment || !device.up) return [];
  return [...segment.virtualIps.keys()]
    .filter((text) => findAddress(segment.owners, ip(text)) === item.index)
    .filter((text) => !item.addresses.some((address) => address.text === text))
    .map((text) => `${text}/${familyBits(ip(text).family)}`);
}

function rulesOf(
  node: HostLike,
  family: IpFamily,
  nameOf: (id: string) => string | undefined,
  options: LinuxOptions,
): string[] {
  const filters = node.firewall !== undefined || node.kind === 'edge-gateway';
  const translates =
    (node.nat ?? []).some((rule) => rule.enabled !== false) ||
    (node.loadBalancers ?? []).some((one) => one.enabled !== false && one.layer !== 7);
  return [
    ...(filters ? filterTable(node, family, nameOf, options) : []),
    ...(translates ? natTable(node, family, nameOf, options) : []),
  ];
}
