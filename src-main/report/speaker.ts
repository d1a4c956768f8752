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
}

export function speakerOf(input: ReportInput): Speaker {
  const { design, language } = input;
  return {
    input,
    design,
    language,
    t: reportWords(language),
    site: namer(design.sites),
    node: namer(design.nodes),
    segment: namer(design.segments),
    flow: namer(design.flows),
  };
}

function namer(all: readonly { readonly id: string; readonly name?: string }[] = []) {
  const names = new Map(all.map(({ id, name }) => [id, visibleText(name ?? id)]));
  return (id: string): string => names.get(id) ?? visibleText(id);
}
