import { csvText } from '../csv.ts';
import type { ExportedFile } from '../exchange.ts';

/** The rows of one file, each with a cell for every column. */
class Table<Column extends string> {
  readonly #columns: readonly Column[];
  readonly #rows: string[][] = [];

  constructor(...columns: readonly Column[]) {
    this.#columns = columns;
  }

  /** A column that is not named stays empty. */
  add(row: { readonly [Name in Column]?: string | number | boolean | undefined }): void {
    this.#rows.push(this.#columns.map((column) => String(row[column] ?? '')));
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  text(): string {
    return csvText([this.#columns, ...this.#rows]);
  }
}

/** NetBox's models in the order in which they are imported: each names what stands before it. */
const models = [
  ['regions', 'Organization › Regions'],
  ['sites', 'Organization › Sites'],
  ['manufacturers', 'Devices › Manufacturers'],
  ['device-types', 'Devices › Device Types'],
  ['device-roles', 'Devices › Device Roles'],
  ['devices', 'Devices › Devices'],
  ['virtual-machines', 'Virtualization › Virtual Machines'],
  ['vlan-groups', 'IPAM › VLAN Groups'],
  ['vlans', 'IPAM › VLANs'],
  ['l2vpns', 'VPN › L2VPNs'],
  ['prefixes', 'IPAM › Prefixes'],
  ['interfaces', 'Devices › Interfaces'],
  ['vm-interfaces', 'Virtualization › Interfaces'],
  ['mac-addresses', 'Devices › MAC Addresses'],
  ['cables', 'Connections › Cables'],
  ['ip-addresses', 'IPAM › IP Addresses'],
  ['ip-addresses-unassigned', 'IPAM › IP Addresses'],
] as const;

const interfaceColumns = [
  'enabled',
  'mtu',
  'mode',
  'vlan_group',
  'untagged_vlan',
  'tagged_vlans',
  'description',
] as const;

/**
 * The files of a bulk import. Columns are the fields of NetBox's import forms, `bulk_import.py` of each application;
 * those that a form requires are all here.
 */
export class Tables {
  readonly regions = new Table('name', 'slug', 'parent', 'description');
  readonly sites = new Table('name', 'slug', 'status', 'region', 'description', 'comments');
  readonly manufacturers = new Table('name', 'slug');
  readonly 'device-types' = new Table('manufacturer', 'model', 'slug', 'u_height');
  readonly 'device-roles' = new Table('name', 'slug', 'color', 'vm_role');
  readonly devices = new Table(
    'name',
    'role',
    'manufacturer',
    'device_type',
    'status',
    'site',
    'description',
    'comments',
  );
  readonly 'virtual-machines' = new Table(
    'name',
    'status',
    'role',
    'device',
    'description',
    'comments',
  );
  readonly 'vlan-groups' = new Table('name', 'slug', 'scope_type', 'scope_name', 'description');
  readonly vlans = new Table('group', 'vid', 'name', 'status', 'description', 'comments');
  readonly l2vpns = new Table(
    'identifier',
    'name',
    'slug',
    'type',
    'status',
    'description',
    'comments',
  );
  readonly prefixes = new Table(
    'prefix',
    'vlan_group',
    'vlan',
    'status',
    'scope_type',
    'scope_name',
    'description',
    'comments',
  );
  readonly interfaces = new Table('device', 'name', 'type', ...interfaceColumns);
  readonly 'vm-interfaces' = new Table('virtual_machine', 'name', ...interfaceColumns);
  readonly 'mac-addresses' = new Table(
    'mac_address',
    'device',
    'virtual_machine',
    'interface',
    'is_primary',
  );
  readonly cables = new Table(
    'side_a_device',
    'side_a_type',
    'side_a_name',
    'side_b_device',
    'side_b_type',
    'side_b_name',
    'status',
    'label',
    'description',
    'comments',
  );
  readonly 'ip-addresses' = new Table(
    'address',
    'status',
    'role',
    'device',
    'virtual_machine',
    'interface',
    'is_primary',
    'dns_name',
    'description',
  );
  /** A file of its own: before 4.6.4 NetBox failed on `is_primary` where there is no machine (its issue 22561). */
  readonly 'ip-addresses-unassigned' = new Table(
    'address',
    'status',
    'role',
    'dns_name',
    'description',
  );

  /** Those that have rows, behind a text that says where each is imported, one after the other. */
  files(): ExportedFile[] {
    const filled = models.filter(([name]) => !this[name].isEmpty);
    const order = filled.map(([name, menu], at) => `${at + 1}. ${name}.csv: ${menu} › Import\n`);
    return [
      { path: 'order.txt', content: `${note}\n${order.join('')}` },
      ...filled.map(([name]) => ({ path: `${name}.csv`, content: this[name].text() })),
    ];
  }
}

/** `scope_name` is of 4.5.5, virtual machines on a device without a cluster are of 4.6.0. */
const note = 'For NetBox 4.6 or later. Import the files as CSV in this order:\n';
