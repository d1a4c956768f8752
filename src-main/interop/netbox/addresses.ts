import type { Node, VirtualIp } from '../../model/design.ts';
import { entityRef, type EntityRef } from '../../model/ids.ts';
import {
  compareIp,
  familyBits,
  hostPrefix,
  interfaceAddress,
  ip,
  lastAddress,
  parseIp,
  prefixContains,
  sameIp,
  type InterfaceAddress,
} from '../../model/ip.ts';
import { machineCells, type Inventory } from './inventory.ts';
import { description } from './names.ts';

/** Addresses of interfaces, those that machines share, and those that no interface has: of pods, services, balancers. */
export function writeAddresses(inventory: Inventory): void {
  const { design } = inventory;
  const addresses = new Addresses(inventory);
  for (const node of design.nodes ?? []) addresses.addInterfaces(node);
  for (const node of design.nodes ?? []) addresses.addVirtualIps(node);
  for (const node of design.nodes ?? []) {
    const balancers = ('loadBalancers' in node ? node.loadBalancers : undefined) ?? [];
    balancers.forEach(({ id, address }, at) =>
      addresses.addUnassigned(
        [address],
        entityRef('node', node.id),
        `loadBalancers[${at}].address`,
        {
          role: 'vip',
          description: description(`Load balancer ${id} of ${node.name ?? node.id}`),
        },
      ),
    );
  }
  for (const { id, name = id, pods } of design.workloads ?? []) {
    pods.forEach((pod, at) =>
      addresses.addUnassigned(pod.addresses, entityRef('workload', id), `pods[${at}].addresses`, {
        description: description(`Pod ${pod.name ?? pod.id} of ${name}`),
      }),
    );
  }
  for (const service of design.services ?? []) {
    for (const key of ['clusterIps', 'externalIps', 'loadBalancerIps'] as const) {
      addresses.addUnassigned(service[key], entityRef('service', service.id), key, {
        role: 'vip',
        description: description(`Service ${service.name ?? service.id}`),
      });
    }
  }
}

/** Roles of addresses that NetBox lets several have: `IPADDRESS_ROLES_NONUNIQUE` of its ipam/constants.py. */
const shared: ReadonlySet<string | undefined> = new Set(['vip', 'vrrp']);

interface Row {
  readonly address: string;
  readonly role?: string;
  readonly interface: string;
  readonly isPrimary: boolean;
}

class Addresses {
  readonly #inventory: Inventory;
  /** By canonical text: whose it is, and whether others may have it. */
  readonly #known = new Map<string, { readonly ref: string; readonly isShared: boolean }>();
  readonly #dnsNames: ReadonlyMap<string, string>;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.#dnsNames = dnsNames(inventory);
  }

  /** The first of each family is primary, and comes last: before 4.5.5 a later row took it back (NetBox's issue 21440). */
  addInterfaces(node: Node): void {
    const ref = entityRef('node', node.id);
    const rows: Row[] = [];
    const primaries = new Set<number>();
    node.interfaces?.forEach((item, at) => {
      const families = new Set<number>();
      item.addresses?.forEach((text, nth) => {
        const address = interfaceAddress(text);
        const { family } = address.ip;
        const role = families.has(family) ? 'secondary' : undefined;
        const path = `interfaces[${at}].addresses[${nth}]`;
        families.add(family);
        if (!isHostAddress(address)) {
          this.#inventory.omit(ref, path, 'no-host-address');
          return;
        }
        if (!this.#take(address, role, ref, path)) return;
        rows.push({
          address: textOf(address),
          ...(role !== undefined && { role }),
          interface: item.id,
          isPrimary: !primaries.has(family),
        });
        primaries.add(family);
      });
    });
    rows.sort((a, b) => Number(a.isPrimary) - Number(b.isPrimary));
    for (const row of rows) this.#add(node, row);
  }

  addVirtualIps(node: Node): void {
    const ref = entityRef('node', node.id);
    const virtualIps = ('virtualIps' in node ? node.virtualIps : undefined) ?? [];
    virtualIps.forEach((virtualIp, at) => {
      const address = onInterface(node, virtualIp);
      const role = virtualIpRole(virtualIp);
      const path = `virtualIps[${at}].address`;
      if (!this.#take(address, role, ref, path)) return;
      const text = textOf(address);
      const row = { address: text, role, interface: virtualIp.interface, isPrimary: false };
      this.#add(node, row);
    });
  }

  /** An address that is there already is not told twice: it is the same one. */
  addUnassigned(
    texts: readonly string[] | undefined,
    ref: EntityRef,
    path: string,
    cells: { readonly role?: string; readonly description: string },
  ): void {
    for (const text of texts ?? []) {
      const address = ip(text);
      const known = this.#known.get(address.text);
      if (known) {
        this.#inventory.omit(ref, path, {
          code: 'address-known',
          detail: { address: address.text, owner: known.ref },
        });
        continue;
      }
      this.#known.set(address.text, { ref, isShared: false });
      this.#inventory.tables['ip-addresses-unassigned'].add({
        address: hostPrefix(address).text,
        status: 'active',
        dns_name: this.#dnsNames.get(address.text),
        ...cells,
      });
    }
  }

  #take(
    address: InterfaceAddress,
    role: string | undefined,
    ref: EntityRef,
    path: string,
  ): boolean {
    const { text } = address.ip;
    const known = this.#known.get(text);
    const isShared = shared.has(role);
    if (address.prefix.length === 0) {
      this.#inventory.omit(ref, path, 'address-length-zero');
      return false;
    }
    if (known && !(known.isShared && isShared)) {
      const detail = { value: text, owner: known.ref };
      this.#inventory.omit(ref, path, { code: 'known-once', detail });
      return false;
    }
    if (!known) this.#known.set(text, { ref, isShared });
    return true;
  }

  #add(node: Node, row: Row): void {
    const machine = this.#inventory.machines.get(node.id);
    if (!machine) return;
    const { address, role, interface: item, isPrimary } = row;
    this.#inventory.tables['ip-addresses'].add({
      address,
      status: 'active',
      role,
      ...machineCells(machine),
      interface: item,
      is_primary: isPrimary,
      dns_name: this.#dnsNames.get(address.slice(0, address.indexOf('/'))),
    });
  }
}

const textOf = ({ ip: address, prefix }: InterfaceAddress): string =>
  `${address.text}/${prefix.length}`;

function isHostAddress({ ip: address, prefix }: InterfaceAddress): boolean {
  if (prefix.length >= familyBits(address.family) - 1) return true;
  if (sameIp(address, prefix.network)) return false;
  return address.family === 6 || compareIp(address, lastAddress(prefix)) !== 0;
}

/** With the length of the subnet that the interface has it in; alone, where it is in none. */
function onInterface(node: Node, virtualIp: VirtualIp): InterfaceAddress {
  const address = ip(virtualIp.address);
  const item = node.interfaces?.find(({ id }) => id === virtualIp.interface);
  const own = (item?.addresses ?? []).map(interfaceAddress);
  const around = own.find(({ prefix }) => prefixContains(prefix, address));
  const found = { ip: address, prefix: around?.prefix ?? hostPrefix(address) };
  return isHostAddress(found) ? found : { ip: address, prefix: hostPrefix(address) };
}

/** keepalived speaks VRRP. */
const virtualIpRole = ({ protocol }: VirtualIp): 'vip' | 'vrrp' =>
  protocol === 'keepalived' || protocol === 'vrrp' ? 'vrrp' : 'vip';

/** The first name that the design's name servers have for an address. */
function dnsNames({ design }: Inventory): Map<string, string> {
  const names = new Map<string, string>();
  for (const node of design.nodes ?? []) {
    const zones = ('dnsServer' in node ? node.dnsServer.zones : undefined) ?? [];
    for (const record of zones.flatMap(({ records }) => records)) {
      if (record.type === 'CNAME') continue;
      const address = parseIp(record.address)?.text;
      if (address !== undefined && !names.has(address)) {
        names.set(address, record.name.replace(/\.$/, '').toLowerCase());
      }
    }
  }
  return names;
}
