import type { Design, NodeKind, Site } from '../../src-main/contract/index.ts';

/** A site with what is directly in it, and the sites inside it. */
export interface SiteOverview {
  /** Undefined for what is outside of every site. */
  readonly site: Site | undefined;
  readonly nodes: readonly (readonly [kind: NodeKind, count: number])[];
  readonly segments: number;
  readonly inside: readonly SiteOverview[];
}

/** The sites of a design as they contain each other, with what each holds; then what no site holds. */
export function siteOverview(design: Design): readonly SiteOverview[] {
  const sites = design.sites ?? [];
  const describe = (site: Site | undefined): SiteOverview => {
    const counts = new Map<NodeKind, number>();
    for (const node of design.nodes ?? []) {
      if (node.site === site?.id) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
    }
    return {
      site,
      nodes: [...counts],
      segments: (design.segments ?? []).filter((one) => one.site === site?.id).length,
      inside: site ? sites.filter((one) => one.parent === site.id).map(describe) : [],
    };
  };
  const drawn = sites.filter((site) => site.parent === undefined).map(describe);
  const outside = describe(undefined);
  return outside.nodes.length > 0 || outside.segments > 0 ? [...drawn, outside] : drawn;
}
