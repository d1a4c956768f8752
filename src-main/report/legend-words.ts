import type { NodeKind, Segment, Site } from '../model/design.ts';
import type { ReportWords } from './words/index.ts';

type Role = keyof ReportWords['legend']['roles'];

/** What the signs of the drawings are called. */
export const legendWords = ({ legend, nodeKinds }: ReportWords) => ({
  ...legend,
  site: (kind: Site['kind']): string => legend.sites[kind],
  node: ({ kind, role }: { readonly kind: NodeKind; readonly role?: string }): string =>
    kind === 'host' ? legend.roles[isRole(legend, role) ? role : 'client'] : nodeKinds[kind],
  segment: (kind: Segment['kind']): string => legend.segments[kind],
  edge: (kind: string): string =>
    legend.edges[kind === 'interface' || kind === 'link' ? kind : 'stretch'],
});

const isRole = (legend: ReportWords['legend'], role: string | undefined): role is Role =>
  role !== undefined && role in legend.roles;
