export interface Size {
  readonly width: number;
  readonly height: number;
}

export type SizedKind =
  | 'site'
  | 'cluster'
  | 'segment'
  | 'pod'
  | 'host'
  | 'router'
  | 'edge-gateway'
  | 'distributed-router'
  | 'hypervisor'
  | 'l2-gateway';

const machine: Size = { width: 160, height: 56 };

/** Canvas units. */
const sizes: Readonly<Record<SizedKind, Size>> = {
  site: { width: 720, height: 480 },
  cluster: { width: 420, height: 260 },
  segment: { width: 320, height: 32 },
  pod: { width: 136, height: 32 },
  hypervisor: { width: 320, height: 220 },
  host: machine,
  router: machine,
  'edge-gateway': machine,
  'distributed-router': machine,
  'l2-gateway': machine,
};

/** How large a thing is drawn that says nothing of its size. */
export const defaultSize = (kind: SizedKind): Size => sizes[kind];
