export { freeAddresses } from './free-addresses.ts';
export { planChange, type PlannedChange } from './plan-change.ts';
export { defaultSize, type Size, type SizedKind } from './sizes.ts';
