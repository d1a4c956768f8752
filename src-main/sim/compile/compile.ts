import type { Design } from '../../model/design.ts';
import type { Network } from './network.ts';

export declare function compile(design: Design): Network;
