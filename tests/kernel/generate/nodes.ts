import type { NetworkInterface } from '../../../src-main/model/design.ts';
import { addressOf, everywhere, lengthOf, subnetOf, type Net, type Sketch } from './sketch.ts';

export function addNets(sketch: Sketch): void {
  const { builder, families, nets } = sketch;
  const count = sketch.between(2, 5);
  for (let index = 1; index <= count; index += 1) {
    const net: Net = { id: `net${index}`, index, overlay: false };
    nets.push(net);
    const subnets = families.map((family) => subnetOf(net, family));
    const options = sketch.chance(25) ? { mtu: sketch.mtu() } : {};
    if (sketch.chance(30)) builder.vlan(net.id, 100 + index, subnets, options);
    else builder.segment(net.id, subnets, options);
  }
}

/** Hypervisors with a VTEP each, on one net or on several, and logical switches between them. */
export function addOverlay(sketch: Sketch): void {
  const { builder, families, nets, hypervisors } = sketch;
  const underlays = sketch.some(nets, sketch.between(1, 2));
  builder.transportZone('tz', sketch.chance(25) ? { udpPort: 8472 } : {});
  const outer = sketch.chance(50) ? [sketch.pick(families)] : families;
  const count = sketch.between(2, 3);
  for (let at = 1; at <= count; at += 1) {
    const id = `esxi${at}`;
    const net = sketch.pick(underlays);
    hypervisors.push(id);
    const vtep = {
      ...addFoot(sketch, id, net, 'vtep'),
      mtu: sketch.pick([1500, 1600, 1600, 9000]),
    };
    const addresses =
      vtep.addresses?.filter((text) => outer.includes(text.includes(':') ? 6 : 4)) ?? [];
    builder.hypervisor(id, [], { vteps: [{ ...vtep, addresses }], transportZones: ['tz'] });
    sketch.interfaces.set(id, [{ ...vtep, addresses }]);
  }
  for (const net of underlays) {
    builder.change('segment', net.id, (segment) => ({
      ...segment,
      mtu: sketch.pick([1500, 1600, 9000]),
    }));
  }
  const switches = sketch.between(1, 2);
  for (let at = 0; at < switches; at += 1) {
    const net: Net = { id: `vx${at}`, index: 20 + at, overlay: true };
    nets.push(net);
    const subnets = families.map((family) => subnetOf(net, family));
    builder.vxlan(net.id, 6000 + at, subnets, {
      transportZone: 'tz',
      ...(sketch.chance(25) ? { mtu: sketch.mtu() } : {}),
    });
  }
}

/** An interface on the net, with an address of each family that the net has. */
export function addFoot(sketch: Sketch, node: string, net: Net, id: string): NetworkInterface {
  const host = sketch.freeHost(net);
  sketch.feet.push({ node, net, host });
  const addresses = sketch.families.map(
    (family) => `${addressOf(net, family, host)}/${lengthOf(family)}`,
  );
  sketch.targets.push(...addresses.map((text) => text.split('/')[0] ?? ''));
  return { id, segment: net.id, addresses };
}

/** Now and then a second address, an MTU of its own, a MAC, or a port that is down. */
function varied(sketch: Sketch, net: Net, item: NetworkInterface): NetworkInterface {
  const host = sketch.freeHost(net);
  const second = sketch.chance(12)
    ? sketch.families.map((family) => `${addressOf(net, family, host)}/${lengthOf(family)}`)
    : [];
  if (second.length > 0) sketch.reserved.push({ net, host });
  for (const text of second) sketch.targets.push(text.split('/')[0] ?? '');
  return {
    ...item,
    addresses: [...(item.addresses ?? []), ...second],
    ...(sketch.chance(10) ? { mtu: sketch.mtu() } : {}),
    ...(sketch.chance(5) ? { mac: sketch.freeMac(net) } : {}),
    ...(sketch.chance(2) ? { state: 'down' as const } : {}),
  };
}

/** Where a virtual machine runs: on a hypervisor where one of its nets asks for it, elsewhere now and then. */
export function placed(sketch: Sketch, on: readonly Net[]): { runsOn?: string } {
  const { hypervisors } = sketch;
  const must = on.some(({ overlay }) => overlay);
  return hypervisors.length > 0 && (must || sketch.chance(20))
    ? { runsOn: sketch.pick(hypervisors) }
    : {};
}

export function addRouter(sketch: Sketch, id: string, on: readonly Net[]): void {
  const interfaces = on.map((net, at) => varied(sketch, net, addFoot(sketch, id, net, `eth${at}`)));
  sketch.interfaces.set(id, interfaces);
  sketch.routers.push(id);
  const options = {
    ...placed(sketch, on),
    ...(sketch.chance(60) ? { listens: sketch.some(serverPorts, sketch.between(3, 7)) } : {}),
    ...(sketch.chance(1) ? { state: 'down' as const } : {}),
  };
  if (sketch.chance(25)) {
    const firewall = {
      defaultAction: sketch.pick(['accept', 'accept', 'deny'] as const),
      rules: [],
    };
    sketch.builder.edge(id, interfaces, { ...options, stageOrder: 'linux', firewall });
  } else sketch.builder.router(id, interfaces, options);
}

/** A distributed router on the logical switches. */
export function addDistributedRouter(sketch: Sketch): void {
  const on = sketch.nets.filter(({ overlay }) => overlay);
  const interfaces = on.map((net, at) => addFoot(sketch, 'dlr', net, `lif${at}`));
  sketch.interfaces.set('dlr', interfaces);
  sketch.routers.push('dlr');
  sketch.builder.dlr('dlr', interfaces, { transportZone: 'tz' });
}

const serverPorts = [
  'tcp 80',
  'tcp 443',
  'tcp 3306',
  'tcp 53',
  'udp 53',
  'udp 123',
  'udp 80',
] as const;

export function addHost(sketch: Sketch, id: string): void {
  const { builder, nets, families } = sketch;
  const on = sketch.some(nets, sketch.chance(85) ? 1 : 2);
  const interfaces = on.map((net, at) => varied(sketch, net, addFoot(sketch, id, net, `eth${at}`)));
  sketch.interfaces.set(id, interfaces);
  sketch.hosts.push(id);
  const routes = on.flatMap((net) =>
    families.flatMap((family) => {
      const gateways = sketch.feetOn(net).filter(({ node }) => sketch.routers.includes(node));
      if (gateways.length === 0 || sketch.chance(4)) return [];
      const host = sketch.chance(96) ? sketch.pick(gateways).host : 251;
      return [{ destination: everywhere(family), via: addressOf(net, family, host) }];
    }),
  );
  builder.host(id, interfaces, {
    routes,
    listens: sketch.some(serverPorts, sketch.between(5, 7)),
    ...(sketch.chance(10) ? { forwarding: true } : {}),
    ...placed(sketch, on),
    ...(sketch.chance(1) ? { state: 'down' as const } : {}),
  });
}

/** A wire between two routers. */
export function addWire(sketch: Sketch, at: number): void {
  const { builder, families, routers } = sketch;
  const ends = sketch.some(
    routers.filter((id) => id !== 'dlr'),
    2,
  );
  const [a, b] = ends;
  if (a === undefined || b === undefined) return;
  const net: Net = { id: `wire${at}`, index: 40 + at, overlay: false };
  for (const [side, node] of ends.entries()) {
    const host = side + 1;
    sketch.feet.push({ node, net, host });
    const addresses = families.map((family) =>
      family === 4 ? `${addressOf(net, 4, host)}/30` : `${addressOf(net, 6, host)}/126`,
    );
    sketch.targets.push(...addresses.map((text) => text.split('/')[0] ?? ''));
    const item: NetworkInterface = {
      id: net.id,
      addresses,
      ...(sketch.chance(15) ? { mtu: sketch.mtu() } : {}),
      ...(sketch.chance(3) ? { state: 'down' as const } : {}),
    };
    sketch.interfaces.set(node, [...(sketch.interfaces.get(node) ?? []), item]);
    builder.change('node', node, (made) => ({
      ...made,
      interfaces: [...(made.interfaces ?? []), item],
    }));
  }
  builder.link(
    net.id,
    `${a}/${net.id}`,
    `${b}/${net.id}`,
    sketch.chance(20) ? { mtu: sketch.mtu() } : {},
  );
}

/** An address that two nodes of a net share; it may be a gateway. */
export function addVirtualIp(sketch: Sketch): void {
  const net = sketch.pick(sketch.nets);
  const owners = sketch
    .feetOn(net)
    .filter(({ node }) => !sketch.hypervisors.includes(node) && node !== 'dlr');
  const family = sketch.pick(sketch.families);
  const host = sketch.freeHost(net);
  const address = addressOf(net, family, host);
  for (const { node } of sketch.some(owners, 2)) {
    const item = sketch.interfaces.get(node)?.find(({ segment }) => segment === net.id);
    if (!item) continue;
    sketch.builder.change('node', node, (made) => ({
      ...made,
      virtualIps: [{ id: 'vip', address, interface: item.id, priority: sketch.between(1, 254) }],
    }));
  }
  sketch.reserved.push({ net, host });
  sketch.targets.push(address);
}
