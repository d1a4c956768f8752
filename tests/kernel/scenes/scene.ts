/** A network that somebody has thought up, and what has to become of its flows. */
import type { Design } from '../../../src-main/model/design.ts';
import type { NetworkBuilder } from '../../builders/network.ts';
import { firstKey } from '../decode.ts';
import type { WithPlan } from '../network.ts';
import type { Judged } from '../scene.ts';

export interface HandWritten {
  readonly title: string;
  readonly design: Design;
  /** What the kernel does with each flow, in the words of `storyOf`, and the simulator has to say the same. */
  readonly stories: Readonly<Record<string, readonly string[]>>;
  /** Warnings of the simulator, by flow; those that are not named have none. */
  readonly warnings?: Readonly<Record<string, readonly string[]>>;
  /** What has to hold of all flows together. */
  readonly holds?: (flows: readonly Judged[]) => void;
  /** What the design's machines have besides, or instead. */
  readonly withPlan?: WithPlan;
}

/** Flows get source ports from {@link firstKey} on, in their order, so that their packets can be told apart. */
export function handWritten(
  title: string,
  net: NetworkBuilder,
  stories: HandWritten['stories'],
  more: Omit<Partial<HandWritten>, 'title' | 'design' | 'stories'> = {},
): HandWritten {
  const design = net.build(title);
  const flows = (design.flows ?? []).map((flow, at) => ({ ...flow, sourcePort: firstKey + at }));
  return { title, design: { ...design, flows }, stories, ...more };
}
