import type { Design } from '../../model/design.ts';

export interface Network {
  readonly design: Design;
}
