import type { Segment } from '../../model/design.ts';
import { entityRef, type EntityRef } from '../../model/ids.ts';
import type { Inventory, Vlan } from './inventory.ts';
import { description, Slugs } from './names.ts';

/** VLANs in a group for each site, VXLAN segments as L2VPNs, and prefixes, which NetBox has once each. */
export function writeNetworks(inventory: Inventory): void {
  const { design } = inventory;
  const prefixes = new Prefixes(inventory);
  const vlans = new VlanGroups(inventory);
  const slugs = new Slugs();
  for (const segment of design.segments ?? []) {
    if (segment.kind === 'vlan') vlans.add(segment);
    else if (segment.kind === 'vxlan') addL2vpn(inventory, segment, slugs);
    else if ((segment.subnets ?? []).length === 0) {
      inventory.omit(entityRef('segment', segment.id), '', 'plain-lan');
    }
    prefixes.addSubnets(segment);
  }
  for (const cluster of design.clusters ?? []) {
    const ref = entityRef('cluster', cluster.id);
    const name = cluster.name ?? cluster.id;
    cluster.podCidrs.forEach((cidr, at) =>
      prefixes.add(cidr, { description: description(`Pods of ${name}`) }, ref, `podCidrs[${at}]`),
    );
    cluster.serviceCidrs.forEach((cidr, at) =>
      prefixes.add(
        cidr,
        { description: description(`Services of ${name}`) },
        ref,
        `serviceCidrs[${at}]`,
      ),
    );
  }
}

class Prefixes {
  readonly #inventory: Inventory;
  /** Whose it is, by the prefix. */
  readonly #known = new Map<string, string>();

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  addSubnets(segment: Segment): void {
    const ref = entityRef('segment', segment.id);
    const site =
      segment.site === undefined ? undefined : this.#inventory.siteNames.get(segment.site);
    const vlan = this.#inventory.vlans.get(segment.id);
    // A VLAN and an L2VPN have the notes themselves.
    const hasSubnets = (segment.subnets ?? []).length > 0;
    const comments =
      segment.kind === 'lan' && hasSubnets ? this.#inventory.comments(ref, segment.notes) : '';
    segment.subnets?.forEach(({ cidr, gateway, name }, at) => {
      const cells = {
        ...(site !== undefined && { scope_type: 'dcim.site', scope_name: site }),
        ...(vlan && { vlan_group: vlan.group, vlan: vlan.vid }),
        description: description(
          name,
          segment.name ?? segment.id,
          segment.kind === 'vxlan' && `VNI ${segment.vni}`,
          gateway !== undefined && `gateway ${gateway}`,
        ),
        comments,
      };
      this.add(cidr, cells, ref, `subnets[${at}]`);
    });
  }

  add(
    prefix: string,
    cells: { readonly description: string; readonly comments?: string },
    ref: EntityRef,
    path: string,
  ): void {
    const other = this.#known.get(prefix);
    if (other !== undefined) {
      const detail = { value: prefix, owner: other };
      this.#inventory.omit(ref, path, { code: 'known-once', detail });
    } else if (prefix.endsWith('/0')) {
      this.#inventory.omit(ref, path, { code: 'prefix-length-zero', detail: { prefix } });
    } else {
      this.#known.set(prefix, ref);
      this.#inventory.tables.prefixes.add({ prefix, status: 'active', ...cells });
    }
  }
}

/** A group has a VLAN number and a name once; several segments of a site may share their VLAN. */
class VlanGroups {
  readonly #inventory: Inventory;
  readonly #slugs = new Slugs();
  readonly #groups = new Map<string | undefined, string>();
  readonly #known = new Map<string, Vlan & { readonly ref: string }>();

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  add(segment: Extract<Segment, { kind: 'vlan' }>): void {
    const ref = entityRef('segment', segment.id);
    const group = this.#groupOf(segment.site);
    const known = this.#known.get(`${group}\n${segment.vlan}`);
    const vlan = known ?? { group, vid: segment.vlan, ref };
    this.#inventory.vlans.set(segment.id, vlan);
    if (known) {
      const detail = { vlan: segment.vlan, owner: known.ref };
      this.#inventory.omit(ref, 'vlan', { code: 'vlan-known', detail });
      if ((segment.notes ?? '') !== '') {
        this.#inventory.omit(ref, 'notes', { code: 'vlan-known', detail });
      }
      return;
    }
    this.#known.set(`${group}\n${segment.vlan}`, vlan);
    const name = this.#inventory.name(`vlan of ${group}`, ref, segment);
    const told = description(name !== segment.id && `id ${segment.id}`);
    const comments = this.#inventory.comments(ref, segment.notes);
    const row = { group, vid: segment.vlan, name, status: 'active', description: told, comments };
    this.#inventory.tables.vlans.add(row);
  }

  #groupOf(siteId: string | undefined): string {
    const site = siteId === undefined ? undefined : this.#inventory.siteNames.get(siteId);
    const key = site === undefined ? undefined : siteId;
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    // Slugs, unlike the names of sites, leave no doubt and are short.
    const slug = this.#slugs.take(key === undefined ? 'no-site-vlans' : `${key}-vlans`);
    this.#groups.set(key, slug);
    const scope = site === undefined ? {} : { scope_type: 'dcim.site', scope_name: site };
    const told = description(site === undefined ? 'VLANs without a site' : `VLANs of ${site}`);
    this.#inventory.tables['vlan-groups'].add({ name: slug, slug, ...scope, description: told });
    return slug;
  }
}

function addL2vpn(
  inventory: Inventory,
  segment: Extract<Segment, { kind: 'vxlan' }>,
  slugs: Slugs,
): void {
  const ref = entityRef('segment', segment.id);
  const name = inventory.name('l2vpn', ref, segment, 100);
  inventory.tables.l2vpns.add({
    identifier: segment.vni,
    name,
    slug: slugs.take(segment.id),
    type: 'vxlan',
    status: 'active',
    description: description(name !== segment.id && `id ${segment.id}`),
    comments: inventory.comments(ref, segment.notes),
  });
}
