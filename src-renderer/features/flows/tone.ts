import type { FlowStatus } from '../../../src-main/contract/index.ts';

export const toneOf: Readonly<Record<FlowStatus, 'good' | 'warn' | 'bad'>> = {
  reachable: 'good',
  'one-way': 'warn',
  unreachable: 'bad',
};
