import type { Draft, NodeDraft, SegmentDraft, SiteDraft } from './drafts.ts';
import { newPort } from './drafts.ts';
import { FactReader } from './own.ts';
import { Ids } from './ids.ts';
import type { Shape } from './nest.ts';
import type { Remarks } from './remarks.ts';
import type { Things } from './things.ts';

/** Says of everything what it stands in: sites in sites, machines in hypervisors and clusters, networks in sites. */
export function settle(things: Things, remarks: Remarks): void {
  const siteOfId = new Map(things.sites.map((site) => [site.id, site]));
  const holderOf = (shape: Shape): Draft | undefined => {
    for (let at = shape.holder; at; at = at.holder) {
      const draft = things.draftOf.get(at.cell.id);
      if (draft) return draft;
    }
    return undefined;
  };
  const siteAround = (shape: Shape): SiteDraft | undefined => {
    let holder = holderOf(shape);
    while (holder && holder.is !== 'site') holder = holderOf(holder.shape);
    return holder;
  };
  /** What stands on a layer of its own, or in a machine, says itself which site it belongs to. */
  const siteOf = (draft: SegmentDraft | NodeDraft): SiteDraft | undefined => {
    const { shape, own } = draft;
    const holder = holderOf(shape);
    if (!own || holder?.is === 'site') return siteAround(shape);
    const id = new FactReader(shape.cell, remarks).id('site');
    if (id === undefined) return undefined;
    const site = siteOfId.get(id);
    if (!site) remarks.add(shape.cell, { code: 'site-missing', detail: { site: id } });
    return site;
  };

  for (const site of things.sites) site.parent = siteAround(site.shape);
  for (const segment of things.segments) segment.site = siteOf(segment);
  for (const node of things.nodes) {
    node.site = siteOf(node);
    const holder = holderOf(node.shape);
    if (holder?.is === 'node' && holder.kind === 'hypervisor' && canBeVirtual(node)) {
      node.runsOn = holder;
    } else if (node.own && node.shape.cell.data.has('runsOn')) {
      remarks.add(node.shape.cell, 'left-hypervisor');
    }
    if (holder?.is === 'cluster') holder.members.add(node);
  }
  addNetworksOfSites(things, remarks, holderOf);
}

const canBeVirtual = ({ kind }: NodeDraft): boolean =>
  kind !== 'hypervisor' && kind !== 'distributed-router';

/** A container that names a network, and holds none that does, is that network for the machines in it. */
function addNetworksOfSites(
  things: Things,
  remarks: Remarks,
  holderOf: (shape: Shape) => Draft | undefined,
): void {
  const outer = new Set<SiteDraft>();
  for (const site of things.networksOf.keys()) {
    for (let at = site.parent; at; at = at.parent) outer.add(at);
  }
  const taken = new Set(things.segments.map(({ id }) => id));
  const ids = new Ids();
  for (const id of taken) ids.keep(id);
  for (const [site, prefixes] of things.networksOf) {
    if (outer.has(site)) {
      const detail = { networks: prefixes };
      remarks.add(site.shape.cell, { code: 'networks-inside', detail });
      continue;
    }
    const vlan = /\bvlan[ #:_-]*(\d{1,4})\b/i.exec(site.shape.label)?.[1];
    const number = Number(vlan ?? 0);
    const isVlan = number >= 1 && number <= 4094;
    const segment: SegmentDraft = {
      is: 'segment',
      shape: site.shape,
      own: false,
      id: ids.give(site.id, 'network'),
      name: site.name,
      tags: [],
      kind: isVlan ? 'vlan' : 'lan',
      vlan: isVlan ? number : undefined,
      site,
      subnets: prefixes.map((cidr) => ({ cidr })),
      switch: false,
    };
    site.segment = segment;
    things.segments.push(segment);
    remarks.add(site.shape.cell, { code: 'machines-connected', detail: { networks: prefixes } });
    for (const node of things.nodes) {
      if (node.own || holderOf(node.shape) !== site) continue;
      newPort(node).segment = segment;
    }
  }
}
