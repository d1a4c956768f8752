import { entityRef } from '../../model/ids.ts';
import type { Inventory } from './inventory.ts';
import { description, longest, Slugs } from './names.ts';

/** NetBox's sites hold no sites: one that does is a region too, which it and all that it holds belong to. */
export function writeSites(inventory: Inventory): void {
  const { design, tables, siteNames } = inventory;
  const sites = design.sites ?? [];
  const slugs = new Slugs();
  for (const site of sites) {
    siteNames.set(
      site.id,
      inventory.name('site', entityRef('site', site.id), site, longest.siteName),
    );
  }
  const holding = new Set(sites.map(({ parent }) => parent));
  const regionOf = (id: string | undefined) => (id === undefined ? undefined : siteNames.get(id));

  for (const site of outermostFirst(sites)) {
    const slug = slugs.take(site.id);
    const name = siteNames.get(site.id);
    const region = holding.has(site.id) ? name : regionOf(site.parent);
    const told = description(site.kind, name !== site.id && `id ${site.id}`);
    if (holding.has(site.id)) {
      tables.regions.add({ name, slug, parent: regionOf(site.parent), description: told });
    }
    const comments = inventory.comments(entityRef('site', site.id), site.notes);
    tables.sites.add({ name, slug, status: 'active', region, description: told, comments });
  }
}

interface Nested {
  readonly id: string;
  readonly parent?: string;
}

/** A region names its parent, which has to be there before it. */
function outermostFirst<Site extends Nested>(sites: readonly Site[]): Site[] {
  const inside = new Map<string | undefined, Site[]>();
  for (const site of sites) {
    const together = inside.get(site.parent);
    if (together) together.push(site);
    else inside.set(site.parent, [site]);
  }
  const ordered: Site[] = [...(inside.get(undefined) ?? [])];
  // The list grows while it is gone through.
  for (const { id } of ordered) {
    for (const site of inside.get(id) ?? []) ordered.push(site);
  }
  return ordered;
}
