import type { NetworkInterface, Node, NodeKind } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { machineCells, type Inventory, type Machine } from './inventory.ts';
import { description, longest } from './names.ts';

/** Devices and virtual machines with their interfaces, and cables between devices. */
export function writeMachines(inventory: Inventory): void {
  const nodes = inventory.design.nodes ?? [];
  const cabled = new Set(inventory.design.links?.flatMap(({ a, b }) => [a.node, b.node]));
  for (const node of nodes) {
    const isVirtual = 'runsOn' in node && inventory.nodes.has(node.runsOn ?? '');
    const ref = entityRef('node', node.id);
    const commas = cabled.has(node.id) && !isVirtual ? ';' : ',';
    const name = inventory.name('machine', ref, node, longest.name, commas);
    inventory.machines.set(node.id, { name, isVirtual });
  }
  writeKinds(inventory);
  for (const node of nodes) writeMachine(inventory, node);
  for (const node of nodes) writeInterfaces(inventory, node);
  writeCables(inventory);
}

const manufacturer = 'Generic';

const kinds: { readonly [Kind in NodeKind]: readonly [name: string, color: string] } = {
  host: ['Host', '9e9e9e'],
  router: ['Router', '2196f3'],
  'edge-gateway': ['Edge gateway', '3f51b5'],
  'distributed-router': ['Distributed router', '00bcd4'],
  hypervisor: ['Hypervisor', '009688'],
  'l2-gateway': ['Layer-2 gateway', '673ab7'],
};

/** A device has a role and a type of a manufacturer; only the role is known of a virtual machine. */
function writeKinds({ design, machines, tables }: Inventory): void {
  const isDevice = ({ id }: Node) => machines.get(id)?.isVirtual === false;
  for (const kind of Object.keys(kinds) as NodeKind[]) {
    const ofKind = (design.nodes ?? []).filter((node) => node.kind === kind);
    if (ofKind.length === 0) continue;
    const [name, color] = kinds[kind];
    tables['device-roles'].add({ name, slug: kind, color, vm_role: true });
    if (!ofKind.some(isDevice)) continue;
    if (tables.manufacturers.isEmpty)
      tables.manufacturers.add({ name: manufacturer, slug: 'generic' });
    tables['device-types'].add({ manufacturer, model: name, slug: kind, u_height: 1 });
  }
}

function writeMachine(inventory: Inventory, node: Node): void {
  const { tables, machines, siteNames } = inventory;
  const ref = entityRef('node', node.id);
  const machine = machines.get(node.id);
  if (!machine) return;
  const { name } = machine;
  const cells = {
    name,
    role: kinds[node.kind][0],
    status: node.state === 'down' ? 'offline' : 'active',
    description: description(name !== node.id && `id ${node.id}`),
    comments: inventory.comments(ref, node.notes),
  };
  const own = node.site === undefined ? undefined : siteNames.get(node.site);
  if (machine.isVirtual && 'runsOn' in node) {
    const hypervisor = inventory.nodes.get(node.runsOn ?? '');
    tables['virtual-machines'].add({ ...cells, device: machines.get(node.runsOn ?? '')?.name });
    if (node.site !== undefined && node.site !== hypervisor?.site) {
      inventory.omit(ref, 'site', 'site-of-hypervisor');
    }
    return;
  }
  const site = own ?? siteOfTheRest(inventory);
  if (own === undefined) {
    inventory.omit(ref, 'site', { code: 'site-wanted', detail: { site } });
  }
  tables.devices.add({ ...cells, manufacturer, device_type: kinds[node.kind][0], site });
}

/** For devices that stand nowhere. */
function siteOfTheRest({ siteNames, tables }: Inventory): string {
  const known = siteNames.get('');
  if (known !== undefined) return known;
  const taken = new Set(
    [...siteNames].flat().map((text) => text.toLowerCase().replaceAll('.', '-')),
  );
  let name = 'no-site';
  while (taken.has(name)) name = `${name}-x`;
  // No entity has the empty id.
  siteNames.set('', name);
  const told = description('Devices that have no site in the design');
  tables.sites.add({ name, slug: name, status: 'active', description: told });
  return name;
}

function writeInterfaces(inventory: Inventory, node: Node): void {
  const { tables, machines } = inventory;
  const machine = machines.get(node.id);
  if (!machine) return;
  node.interfaces?.forEach((item, at) => {
    const segment = inventory.segments.get(item.segment ?? '');
    const isVtep = node.kind === 'hypervisor' && (node.vteps ?? []).includes(item.id);
    const cells = {
      name: item.id,
      enabled: item.state !== 'down',
      mtu: item.mtu,
      ...vlanCells(inventory, node, item, at),
      description: description(segment && `on ${segment.name ?? segment.id}`, isVtep && 'VTEP'),
    };
    if (machine.isVirtual) tables['vm-interfaces'].add({ virtual_machine: machine.name, ...cells });
    else tables.interfaces.add({ device: machine.name, type: interfaceType(node), ...cells });
    if (item.mac !== undefined) {
      const owner = machineCells(machine);
      const cells = { mac_address: item.mac, ...owner, interface: item.id, is_primary: true };
      tables['mac-addresses'].add(cells);
    }
  });
}

/** NetBox cables no virtual interface; of what a plug is like the design knows nothing. */
const interfaceType = (node: Node): 'virtual' | 'other' =>
  node.kind === 'distributed-router' ? 'virtual' : 'other';

function vlanCells(inventory: Inventory, node: Node, item: NetworkInterface, at: number) {
  const vlan = inventory.vlans.get(item.segment ?? '');
  if (item.vlan !== undefined && item.vlan !== vlan?.vid) {
    inventory.omit(entityRef('node', node.id), `interfaces[${at}].vlan`, {
      code: 'tag-of-no-vlan',
      detail: { vlan: item.vlan },
    });
  }
  if (!vlan) return {};
  const isTagged = item.vlan === vlan.vid;
  return {
    mode: isTagged ? 'tagged' : 'access',
    vlan_group: vlan.group,
    ...(isTagged ? { tagged_vlans: vlan.vid } : { untagged_vlan: vlan.vid }),
  };
}

function writeCables(inventory: Inventory): void {
  const { design, machines, nodes, tables } = inventory;
  for (const link of design.links ?? []) {
    const ref = entityRef('link', link.id);
    const [a, b] = [link.a, link.b].map(({ node }) => {
      const machine = machines.get(node);
      return nodes.get(node)?.kind === 'distributed-router' || machine?.isVirtual
        ? undefined
        : machine;
    });
    if (!a || !b) {
      inventory.omit(ref, '', 'no-cable');
      continue;
    }
    const label = inventory.name('cable', ref, link, 100);
    tables.cables.add({
      ...sideCells('a', a, link.a.interface),
      ...sideCells('b', b, link.b.interface),
      status: 'connected',
      label,
      description: description(label !== link.id && `id ${link.id}`),
      comments: inventory.comments(ref, link.notes),
    });
  }
}

type Side<Name extends 'a' | 'b'> = {
  readonly [Column in `side_${Name}_${'device' | 'type' | 'name'}`]: string;
};

const sideCells = <Name extends 'a' | 'b'>(side: Name, machine: Machine, name: string) =>
  ({
    [`side_${side}_device`]: machine.name,
    [`side_${side}_type`]: 'dcim.interface',
    [`side_${side}_name`]: name,
  }) as Side<Name>;
