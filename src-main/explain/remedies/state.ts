import type { Design, Link, NetworkInterface, Node } from '../../model/design.ts';
import { ip, parseInterfaceAddress, parseIp, parsePrefix, prefixContains } from '../../model/ip.ts';
import { candidate, changed, changedHost, hostOf, nodeOf, type Candidate } from '../change.ts';
import type { Context, Facts } from './context.ts';

export const nodeUp = (node: string): Candidate =>
  candidate('node-up', { node }, (design) =>
    changed(design, 'node', node, (one) => {
      if (one.state !== 'down') return undefined;
      const { state: _down, ...rest } = one;
      return rest as Node;
    }),
  );

/** The machine, and what it runs on. */
export function raiseDevice({ design }: Context, device: string): readonly Candidate[] {
  const pod = design.workloads?.flatMap(({ pods }) => pods).find(({ id }) => id === device);
  const found: string[] = [];
  for (let at: string | undefined = pod?.node ?? device; at !== undefined && !found.includes(at);) {
    found.push(at);
    const node: Node | undefined = nodeOf(design, at);
    at = node && 'runsOn' in node ? node.runsOn : undefined;
  }
  return found.map(nodeUp);
}

/** The node with one of its interfaces changed. */
export const withInterface = (
  node: string,
  item: string,
  change: (of: NetworkInterface) => NetworkInterface | undefined,
): Candidate['change'] => {
  return (design) =>
    changed(design, 'node', node, (one) => {
      const at = one.interfaces?.findIndex(({ id }) => id === item) ?? -1;
      const found = one.interfaces?.[at];
      const next = found && change(found);
      return next && { ...one, interfaces: (one.interfaces ?? []).with(at, next) };
    });
};

const interfaceUp = (node: string, item: string): Candidate =>
  candidate(
    'interface-up',
    { node, interface: item },
    withInterface(node, item, (found) => {
      if (found.state !== 'down') return undefined;
      const { state: _down, ...rest } = found;
      return rest;
    }),
  );

const linkUp = (link: string): Candidate =>
  candidate('link-up', { link }, (design) =>
    changed(design, 'link', link, (one) => {
      if (one.state !== 'down') return undefined;
      const { state: _down, ...rest } = one;
      return rest;
    }),
  );

/** The interface itself, its link, and whatever takes its carrier away at the other end. */
export function raiseInterface(
  { design }: Context,
  node: string,
  item: string,
): readonly Candidate[] {
  const ends = (link: Link) => [link.a, link.b];
  const own = links(design, node, item);
  const far = own.flatMap(ends).filter((end) => end.node !== node || end.interface !== item);
  return [
    interfaceUp(node, item),
    ...own.map(({ id }) => linkUp(id)),
    ...far.flatMap((end) => [interfaceUp(end.node, end.interface), nodeUp(end.node)]),
  ];
}

/** Whoever has the address, and is down. */
export function raiseOwner(context: Context, owner: string): readonly Candidate[] {
  const interfaces = nodeOf(context.design, owner)?.interfaces ?? [];
  return [
    ...raiseDevice(context, owner),
    ...interfaces.flatMap(({ id }) => raiseInterface(context, owner, id)),
  ];
}

export const stretchUp = ({ design }: Context, stretch: string): readonly Candidate[] => {
  const found = design.stretches?.find(({ id }) => id === stretch);
  const up = candidate('stretch-up', { stretch }, (now) =>
    changed(now, 'stretch', stretch, (one) => {
      if (one.state !== 'down') return undefined;
      const { state: _down, ...rest } = one;
      return rest;
    }),
  );
  return [up, ...(found ? [nodeUp(found.a.gateway), nodeUp(found.b.gateway)] : [])];
};

const connect = (node: string, item: string, segment: string): Candidate =>
  candidate(
    'interface-connect',
    { node, interface: item, segment },
    withInterface(node, item, (found) =>
      found.segment === segment ? undefined : { ...found, segment },
    ),
  );

/** Interfaces that are down or not connected on the packet's way: one of them may be its way out. */
export function wakeInterfaces(context: Context): readonly Candidate[] {
  const { design, blocked } = context;
  const nodes = [...new Set(blocked.hops.map(({ node }) => node).reverse())];
  const linked = new Set(
    (design.links ?? []).flatMap(({ a, b }) => [a, b]).map((end) => `${end.node} ${end.interface}`),
  );
  return nodes.flatMap((id) =>
    (nodeOf(design, id)?.interfaces ?? []).flatMap((item) => {
      const isLoose = item.segment === undefined && !linked.has(`${id} ${item.id}`);
      return [
        ...(item.state === 'down' ? [interfaceUp(id, item.id)] : []),
        ...(isLoose ? connectInterface(context, { device: id, interface: item.id }) : []),
        ...links(design, id, item.id)
          .filter(({ state }) => state === 'down')
          .map((link) => linkUp(link.id)),
      ];
    }),
  );
}

const links = (design: Design, node: string, item: string): readonly Link[] =>
  (design.links ?? []).filter(({ a, b }) =>
    [a, b].some((end) => end.node === node && end.interface === item),
  );

/** The segments that its address fits. */
export function connectInterface(
  { design }: Context,
  { device, interface: item }: Facts<'not-connected'>,
): readonly Candidate[] {
  const found = nodeOf(design, device)?.interfaces?.find(({ id }) => id === item);
  const addresses = (found?.addresses ?? []).map((text) => parseInterfaceAddress(text)?.ip);
  return (design.segments ?? [])
    .filter(({ subnets }) =>
      subnets?.some(({ cidr }) => {
        const subnet = parsePrefix(cidr);
        return addresses.some((own) => own && subnet && prefixContains(subnet, own));
      }),
    )
    .map(({ id }) => connect(device, item, id));
}

/** The owner of the address stands on another segment, or on none. */
export function moveOwner(
  { design }: Context,
  { address, segment }: Facts<'no-neighbor'>,
): readonly Candidate[] {
  if (!design.segments?.some(({ id }) => id === segment)) return [];
  return (design.nodes ?? []).flatMap((node) =>
    (node.interfaces ?? [])
      .filter((item) => item.segment !== segment && hasAddress(item, address))
      .map((item) => connect(node.id, item.id, segment)),
  );
}

export const hasAddress = (item: NetworkInterface, address: string): boolean =>
  item.addresses?.some((text) => parseInterfaceAddress(text)?.ip.text === address) === true;

const mostOwners = 8;

/** Somebody on the segment is given the address: whoever translates it, listens on the port, or routes there. */
export function giveAddress(
  context: Context,
  { address, segment }: Facts<'no-neighbor'>,
): readonly Candidate[] {
  const { design, seen } = context;
  const wanted = parseIp(address);
  const subnet = design.segments
    ?.find(({ id }) => id === segment)
    ?.subnets?.map(({ cidr, gateway }) => ({ prefix: parsePrefix(cidr), gateway }))
    .find(({ prefix }) => wanted && prefix && prefixContains(prefix, wanted));
  const length = subnet?.prefix?.length;
  if (!wanted || length === undefined) return [];
  const text = `${address}/${length}`;
  const isGateway = subnet?.gateway === address;
  const isLast = seen?.destination === address;
  const fitness = (node: Node): number => {
    const host = hostOf(design, node.id);
    if (host?.nat?.some((rule) => rule.kind === 'dnat' && rule.original.startsWith(address)))
      return 0;
    const routes = node.kind !== 'host' && node.kind !== 'hypervisor' && node.kind !== 'l2-gateway';
    if (isGateway) return routes ? 0 : 9;
    const listens = host?.listeners?.some(({ port }) => port === seen?.destinationPort) === true;
    if (isLast && listens) return 1;
    return isLast ? (routes ? 3 : 2) : routes ? 1 : 9;
  };
  return (design.nodes ?? [])
    .flatMap((node) =>
      node.kind === 'hypervisor'
        ? []
        : (node.interfaces ?? [])
            .filter((item) => item.segment === segment)
            .map((item) => ({ node, item, rank: fitness(node) })),
    )
    .filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostOwners)
    .map(({ node, item }) =>
      candidate(
        'address-add',
        { node: node.id, interface: item.id, address: text },
        withInterface(node.id, item.id, (found) =>
          hasAddress(found, ip(address).text)
            ? undefined
            : { ...found, addresses: [...(found.addresses ?? []), text] },
        ),
      ),
    );
}

export const forwardingOn = (node: string): Candidate =>
  candidate('forwarding-on', { node }, (design) =>
    changedHost(design, node, (host) =>
      host.kind === 'host' && host.forwarding !== true ? { ...host, forwarding: true } : undefined,
    ),
  );

/** The hypervisor takes part in the zone of the segment. */
export const joinZone = (hypervisor: string, zone: string): Candidate =>
  candidate('zone-add', { hypervisor, zone }, (design) =>
    changed(design, 'node', hypervisor, (node) =>
      node.kind === 'hypervisor' && node.transportZones?.includes(zone) !== true
        ? { ...node, transportZones: [...(node.transportZones ?? []), zone] }
        : undefined,
    ),
  );

/** An interface on the segment where the others end their tunnels. */
export function addVtep({ design }: Context, hypervisor: string): readonly Candidate[] {
  const segments = new Set(
    (design.nodes ?? []).flatMap((node) =>
      node.kind === 'hypervisor'
        ? (node.interfaces ?? [])
            .filter(({ id }) => node.vteps?.includes(id))
            .map(({ segment }) => segment)
        : [],
    ),
  );
  const own = nodeOf(design, hypervisor)?.interfaces ?? [];
  return own
    .toSorted((a, b) => Number(segments.has(b.segment)) - Number(segments.has(a.segment)))
    .map(({ id }) =>
      candidate('vtep-add', { hypervisor, interface: id }, (now) =>
        changed(now, 'node', hypervisor, (node) =>
          node.kind === 'hypervisor' && node.vteps?.includes(id) !== true
            ? { ...node, vteps: [...(node.vteps ?? []), id] }
            : undefined,
        ),
      ),
    );
}
