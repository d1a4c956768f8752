import type { NodeKind } from '../../model/design.ts';

type DrawnKind = Extract<NodeKind, 'host' | 'router' | 'hypervisor' | 'edge-gateway'>;

/** What a shape of a drawing may be in a design. */
export type Meaning =
  | { readonly is: 'node'; readonly kind: DrawnKind }
  /** `switch`: two that are joined are one network. */
  | { readonly is: 'segment'; readonly switch: boolean }
  /** Words, or a picture that stands for nothing. */
  | { readonly is: 'words' | 'decoration' };

export const node = (kind: DrawnKind): Meaning => ({ is: 'node', kind });
export const switched: Meaning = { is: 'segment', switch: true };
export const network: Meaning = { is: 'segment', switch: false };
export const decoration: Meaning = { is: 'decoration' };
