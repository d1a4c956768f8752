/** The icons that the app uses, from one set. */
export { default as IconBack } from '@lucide/svelte/icons/arrow-left';
export { default as IconOneWay } from '@lucide/svelte/icons/move-right';
export { default as IconReachable } from '@lucide/svelte/icons/circle-check';
export { default as IconUnreachable } from '@lucide/svelte/icons/circle-x';
export { default as IconWarning } from '@lucide/svelte/icons/triangle-alert';
export { default as IconInfo } from '@lucide/svelte/icons/info';
export { default as IconFile } from '@lucide/svelte/icons/file-up';
export { default as IconOpen } from '@lucide/svelte/icons/chevron-right';
export { default as IconRoute } from '@lucide/svelte/icons/route';
export { default as IconNetwork } from '@lucide/svelte/icons/network';
