import type { ViewKind } from '../../geometry/scene.ts';

/** In the order in which they are offered. */
export const views = ['all', 'underlay', 'overlay', 'kubernetes'] as const satisfies ViewKind[];
