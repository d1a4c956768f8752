/**
 * NetBox's bulk import, as far as it decides what a file may say: the import forms of NetBox 4.6 and later (`forms/bulk_import.py`
 * of dcim, ipam, virtualization and vpn), `parse_csv` of utilities/forms/utils.py, and what the models keep unique.
 */
import { parse } from 'csv-parse/sync';
import type { Exported } from '../../../src-main/interop/exchange.ts';

export type Row = Readonly<Record<string, string>>;

interface Model {
  /** Columns that the form takes, those that it requires with a `!`; longest length of a value behind a `:`. */
  readonly fields: string;
  /** Columns that name a row of another file by one of its columns. */
  readonly refers?: Readonly<Record<string, readonly [file: string, column: string]>>;
  /** Sets of columns whose values, in lower case, no two rows have. */
  readonly unique?: readonly (readonly string[])[];
}

const models: Readonly<Record<string, Model>> = {
  regions: {
    fields: 'name!:100 slug!:100 parent description:200 owner comments tags',
    refers: { parent: ['regions', 'name'] },
    unique: [['name'], ['slug']],
  },
  sites: {
    fields:
      'name!:100 slug!:100 status! region group tenant facility time_zone description:200 physical_address shipping_address latitude longitude owner comments tags',
    refers: { region: ['regions', 'name'] },
    unique: [['name'], ['slug']],
  },
  manufacturers: {
    fields: 'name!:100 slug!:100 description:200 owner comments tags',
    unique: [['name'], ['slug']],
  },
  'device-types': {
    fields:
      'manufacturer! model!:100 slug!:100 default_platform part_number u_height! exclude_from_utilization is_full_depth subdevice_role airflow description:200 weight weight_unit owner comments tags',
    refers: { manufacturer: ['manufacturers', 'name'] },
    unique: [
      ['manufacturer', 'model'],
      ['manufacturer', 'slug'],
    ],
  },
  'device-roles': {
    fields:
      'name!:100 slug!:100 parent color! vm_role config_template description:200 owner comments tags',
    unique: [['name'], ['slug']],
  },
  devices: {
    fields:
      'name:64 role! tenant manufacturer! device_type! platform serial asset_tag status! site! location rack position face latitude longitude parent device_bay airflow virtual_chassis vc_position vc_priority cluster description:200 config_template owner comments tags',
    refers: {
      role: ['device-roles', 'name'],
      manufacturer: ['manufacturers', 'name'],
      device_type: ['device-types', 'model'],
      site: ['sites', 'name'],
    },
    // Unique in a site; CSV files name a device by its name alone.
    unique: [['name']],
  },
  'virtual-machines': {
    fields:
      'name!:64 status! start_on_boot role site cluster device tenant platform vcpus memory disk description:200 serial config_template comments owner tags',
    refers: { role: ['device-roles', 'name'], device: ['devices', 'name'] },
    unique: [['name']],
  },
  'vlan-groups': {
    fields:
      'name!:100 slug!:100 scope_type scope_id scope_name vid_ranges tenant description:200 owner comments tags',
    refers: { scope_name: ['sites', 'name'] },
    unique: [['name'], ['slug']],
  },
  vlans: {
    fields:
      'site group vid! name!:64 tenant status! role description:200 qinq_role qinq_svlan owner comments tags',
    refers: { group: ['vlan-groups', 'name'] },
    unique: [
      ['group', 'vid'],
      ['group', 'name'],
    ],
  },
  l2vpns: {
    fields:
      'identifier name!:100 slug!:100 tenant type! status! description:200 owner comments tags',
    unique: [['name'], ['slug']],
  },
  prefixes: {
    fields:
      'prefix! vrf tenant vlan_group vlan_site vlan status! role scope_type scope_id scope_name is_pool mark_utilized description:200 owner comments tags',
    refers: {
      vlan_group: ['vlan-groups', 'name'],
      vlan: ['vlans', 'vid'],
      scope_name: ['sites', 'name'],
    },
    unique: [['prefix']],
  },
  interfaces: {
    fields:
      'device! name!:64 label parent bridge lag type! speed duplex enabled mark_connected wwn vdcs mtu mgmt_only description:200 poe_mode poe_type mode vlan_group untagged_vlan tagged_vlans qinq_svlan vrf rf_role rf_channel rf_channel_frequency rf_channel_width tx_power owner tags',
    refers: {
      device: ['devices', 'name'],
      vlan_group: ['vlan-groups', 'name'],
      untagged_vlan: ['vlans', 'vid'],
      tagged_vlans: ['vlans', 'vid'],
    },
    unique: [['device', 'name']],
  },
  'vm-interfaces': {
    fields:
      'virtual_machine! name!:64 parent bridge enabled mtu description:200 mode vlan_group untagged_vlan tagged_vlans qinq_svlan vrf owner tags',
    refers: {
      virtual_machine: ['virtual-machines', 'name'],
      vlan_group: ['vlan-groups', 'name'],
      untagged_vlan: ['vlans', 'vid'],
      tagged_vlans: ['vlans', 'vid'],
    },
    unique: [['virtual_machine', 'name']],
  },
  'mac-addresses': {
    fields:
      'mac_address! device virtual_machine interface is_primary description:200 owner comments tags',
    refers: { device: ['devices', 'name'], virtual_machine: ['virtual-machines', 'name'] },
  },
  cables: {
    fields:
      'side_a_site side_a_device! side_a_power_panel side_a_type! side_a_name! side_b_site side_b_device! side_b_power_panel side_b_type! side_b_name! type status profile tenant label:100 color length length_unit description:200 owner comments tags',
    refers: { side_a_device: ['devices', 'name'], side_b_device: ['devices', 'name'] },
  },
  'ip-addresses': {
    fields:
      'address! vrf tenant status! role device virtual_machine interface fhrp_group is_primary is_oob dns_name:255 description:200 owner comments tags',
    refers: { device: ['devices', 'name'], virtual_machine: ['virtual-machines', 'name'] },
  },
};

const choices: Readonly<Record<string, RegExp>> = {
  status: /^(active|offline|connected)$/,
  slug: /^[-a-zA-Z0-9_]+$/,
  color: /^[0-9a-f]{6}$/,
  scope_type: /^(dcim\.site)?$/,
  role: /^(|secondary|vip|vrrp)$/,
  mode: /^(|access|tagged)$/,
  dns_name: /^(([0-9A-Za-z_-]+|\*)(\.[0-9A-Za-z_-]+)*\.?)?$/,
  is_primary: /^(true|false)$/,
  enabled: /^(true|false)$/,
};

/** Reads the files in their order; throws with the first thing that NetBox would refuse. */
export function imported({ files }: Exported): ReadonlyMap<string, readonly Row[]> {
  const done = new Map<string, Row[]>();
  for (const { path, content } of files) {
    const file = /^(.+)\.csv$/.exec(path)?.[1];
    if (file === undefined) continue;
    const rows = parse<Row>(String(content), {
      columns: true,
      record_delimiter: '\r\n',
      trim: true,
    });
    const model = models[file === 'ip-addresses-unassigned' ? 'ip-addresses' : file];
    if (!model) throw new Error(`NetBox has no ${file}`);
    const taken: Row[] = [];
    done.set(file, taken);
    for (const row of rows) {
      const fault = faultIn(file, model, row, taken, done);
      if (fault !== undefined) throw new Error(`${file}: ${fault}: ${JSON.stringify(row)}`);
      taken.push(row);
    }
  }
  checkInterfaces(done);
  checkAddresses(done);
  return done;
}

function faultIn(
  file: string,
  { fields, refers = {}, unique = [] }: Model,
  row: Row,
  taken: readonly Row[],
  done: ReadonlyMap<string, readonly Row[]>,
): string | undefined {
  const known = new Map(
    fields.split(' ').map((field) => {
      const [, name = '', required = '', length = 'Infinity'] =
        /^(\w+)(!?)(?::(\d+))?$/.exec(field) ?? [];
      return [name, { isRequired: required !== '', length: Number(length) }];
    }),
  );
  for (const [column, value] of Object.entries(row)) {
    const field = known.get(column);
    if (!field) return `unexpected column ${column}`;
    if (Array.from(value).length > field.length) return `${column} is too long`;
    const choice = column === 'role' && !file.startsWith('ip-') ? undefined : choices[column];
    if (choice && !choice.test(value)) return `no such ${column}`;
    const [other, by] = refers[column] ?? [];
    if (other === undefined || by === undefined || value === '') continue;
    const found = (other === file ? taken : (done.get(other) ?? [])).filter(
      (one) => one[by] === value && (other !== 'vlans' || one['group'] === row['vlan_group']),
    );
    if (found.length !== 1) return `${column} names ${found.length} ${other}`;
  }
  for (const [name, { isRequired }] of known) {
    if (isRequired && (row[name] ?? '') === '') return `${name} is missing`;
  }
  for (const columns of unique) {
    const key = (one: Row) => columns.map((column) => one[column]?.toLowerCase()).join('\n');
    if (taken.some((one) => key(one) === key(row)))
      return `${columns.join(' and ')} is there already`;
  }
  return undefined;
}

const machineOf = (row: Row): string => row['device'] || row['virtual_machine'] || '';

function checkInterfaces(done: ReadonlyMap<string, readonly Row[]>): void {
  const rows = [...(done.get('interfaces') ?? []), ...(done.get('vm-interfaces') ?? [])];
  const known = new Set(rows.map((row) => `${machineOf(row)}\n${row['name']}`));
  for (const file of ['ip-addresses', 'mac-addresses']) {
    for (const row of done.get(file) ?? []) {
      if (known.has(`${machineOf(row)}\n${row['interface']}`)) continue;
      throw new Error(`${file}: no such interface: ${JSON.stringify(row)}`);
    }
  }
  for (const row of done.get('mac-addresses') ?? []) {
    // MACAddressImportForm.save: the interface shows no other.
    if (row['is_primary'] !== 'true') throw new Error(`mac-addresses: not the primary one`);
  }
  for (const row of done.get('cables') ?? []) {
    for (const side of ['side_a', 'side_b']) {
      // dcim/forms/bulk_import.py, CableImportForm._split_side_values: several devices, and as many interfaces.
      if ([`${side}_device`, `${side}_name`].some((column) => row[column]?.includes(','))) {
        throw new Error(`cables: a comma separates ends: ${JSON.stringify(row)}`);
      }
      if (known.has(`${row[`${side}_device`]}\n${row[`${side}_name`]}`)) continue;
      throw new Error(`cables: no such interface: ${JSON.stringify(row)}`);
    }
  }
}

/** `IPADDRESS_ROLES_NONUNIQUE`, and one primary address of a machine in each family, the last of its rows. */
function checkAddresses(done: ReadonlyMap<string, readonly Row[]>): void {
  const assigned = done.get('ip-addresses') ?? [];
  const roles = new Map<string, string>();
  for (const row of [...assigned, ...(done.get('ip-addresses-unassigned') ?? [])]) {
    const [address = ''] = (row['address'] ?? '').split('/');
    const isShared = ['vip', 'vrrp'].includes(row['role'] ?? '');
    const other = roles.get(address);
    if (other !== undefined && !(isShared && other === 'shared')) {
      throw new Error(`ip-addresses: ${address} is there already`);
    }
    roles.set(address, isShared ? 'shared' : 'its own');
  }
  const primary = new Set<string>();
  for (const row of assigned) {
    const key = `${machineOf(row)}\n${row['address']?.includes(':')}`;
    if (primary.has(key) && !['vip', 'vrrp'].includes(row['role'] ?? '')) {
      throw new Error(`ip-addresses: behind the primary one: ${JSON.stringify(row)}`);
    }
    if (row['is_primary'] === 'true') primary.add(key);
  }
}
