import type { BackendClient } from '../api/backend.ts';
import { done } from '../../src-main/contract/index.ts';
import type {
  Design,
  Explanation,
  Flow,
  Input,
  ProjectState,
  Result,
} from '../../src-main/contract/index.ts';
import { Inquiry, type Found } from './inquiry.svelte.ts';

export type Explained = Found<Explanation>;

/** Whether there is anything to explain: it does not arrive, or nothing does but the handshake. */
export const needsWhy = ({ status, warnings }: Result): boolean =>
  status !== 'reachable' || warnings.some(({ code }) => code === 'mtu-black-hole');

/** Why the flow that is read does not arrive. */
export class WhyNot extends Inquiry<string | Flow, Explanation> {
  /** `origin`: what this window calls itself: another one may ask of the same project. */
  constructor(
    backend: BackendClient,
    origin: string,
    project: () => { readonly state: ProjectState; readonly design: Design },
  ) {
    super({
      backend,
      name: `${origin}-why`,
      design: () => project().design,
      look: async (flow, run) => {
        const answer = await backend.call('flow.explain', {
          source: { kind: 'project', project: project().state.project },
          // What calls take is what designs hold, but for `readonly`.
          flow: flow as Input<'flow.explain'>['flow'],
          run,
        });
        return answer.ok ? done(answer.value.explanation) : answer;
      },
    });
  }
}
