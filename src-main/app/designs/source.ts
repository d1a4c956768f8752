import { done, failed, type Answer, type DesignSource } from '../../contract/index.ts';
import { parseDesignText } from '../../interop/design-text/index.ts';
import type { Design } from '../../model/design.ts';
import { parseDesign } from '../../model/validate.ts';
import { compile, type Network } from '../../sim/index.ts';
import type { Ports } from '../ports.ts';
import { keepRecent } from './recent.ts';

/** A design that has been checked; it is compiled when somebody first asks. */
export interface OpenDesign {
  readonly design: Design;
  network(): Network;
}

export interface Designs {
  open(source: DesignSource): Promise<Answer<OpenDesign>>;
  openText(text: string, format?: 'yaml' | 'json'): Answer<OpenDesign>;
}

/** Designs that stay compiled: the one that is worked on, and those it is compared with. */
const designsKept = 8;

/** Finds the design that a call speaks of. Equal sources of equal revision are checked and compiled once. */
export function createDesigns(ports: Ports): Designs {
  const recent = keepRecent<Answer<OpenDesign>>(designsKept);

  const openText: Designs['openText'] = (text, format) =>
    recent.get(`text:${format ?? ''}:${text}`, () => {
      const parsed = parseDesignText(text, format === undefined ? {} : { format });
      return parsed.ok ? done(ready(parsed.value)) : parsed;
    });

  return {
    openText,
    async open(source) {
      switch (source.kind) {
        case 'text':
          return openText(source.text, source.format);
        case 'example': {
          const text = await ports.examples.read(source.name);
          if (text !== undefined) return openText(text);
          const known = await ports.examples.list();
          return failed('example-unknown', { name: source.name, known });
        }
        case 'design':
          return recent.get(`value:${JSON.stringify(source.design)}`, () => {
            const parsed = parseDesign(source.design);
            if (parsed.ok) return done(ready(parsed.value));
            return failed('design-invalid', { issues: parsed.issues, omitted: parsed.omitted });
          });
        case 'project':
          return failed('project-not-open', { project: source.project });
        default:
          return source satisfies never;
      }
    },
  };
}

function ready(design: Design): OpenDesign {
  let network: Network | undefined;
  return { design, network: () => (network ??= compile(design)) };
}
