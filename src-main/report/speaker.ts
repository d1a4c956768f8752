import type { Design } from '../model/design.ts';
import { visibleText } from '../model/visible-text.ts';
import type { Language } from '../sim/vocabulary/languages.ts';
import type { ReportInput } from './input.ts';
import { reportWords, type ReportWords } from './words/index.ts';

/** Who a report is told by: the design, the words, and what things are called. */
export interface Speaker {
  readonly input: ReportInput;
  readonly design: Design;
  readonly language: Language;
  readonly t: ReportWords;
  /** What the thing of an id is called, as it may be shown. */
  readonly site: (id: string) => string;
  readonly node: (id: string) => string;
  readonly segment: (id: string) => string;
  readonly flow: (id: string) => string;
  /** The same of a reference, such as `site:cloud`. */
  readonly nameOf: (ref: string) => string;
}

export function speakerOf(input: ReportInput): Speaker {
  const { design, language } = input;
  const clusters = namer(design.clusters);
  const named = {
    site: namer(design.sites),
    node: namer(design.nodes),
    segment: namer(design.segments),
    flow: namer(design.flows),
  };
  return {
    input,
    design,
    language,
    t: reportWords(language),
    ...named,
    nameOf(ref) {
      const colon = ref.indexOf(':');
      const [kind, id] = [ref.slice(0, colon), ref.slice(colon + 1)];
      if (kind === 'cluster') return clusters(id);
      return kind === 'site' || kind === 'node' ? named[kind](id) : visibleText(id);
    },
  };
}

function namer(all: readonly { readonly id: string; readonly name?: string }[] = []) {
  const names = new Map(all.map(({ id, name }) => [id, visibleText(name ?? id)]));
  return (id: string): string => names.get(id) ?? visibleText(id);
}
