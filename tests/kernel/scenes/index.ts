import { calicoVxlanScenes } from './calico-vxlan.ts';
import { filterScenes } from './filters.ts';
import { ipInIpScenes } from './ip-in-ip.ts';
import { overlayScenes } from './overlay.ts';
import { routeScenes } from './routes.ts';
import type { HandWritten } from './scene.ts';
import { sizeScenes } from './sizes.ts';
import { translationScenes } from './translation.ts';

export const scenes: readonly HandWritten[] = [
  ...translationScenes,
  ...filterScenes,
  ...sizeScenes,
  ...routeScenes,
  ...overlayScenes,
  ...ipInIpScenes,
  ...calicoVxlanScenes,
];
