import { done, failed, type Answer, type DesignSource } from '../../contract/index.ts';
import {
  parseDesignText,
  type ParsedText,
  type TextFormat,
} from '../../interop/design-text/index.ts';
import { issueSentence } from '../../model/issue.ts';
import { parseDesign } from '../../model/validate.ts';
import type { Ports } from '../ports.ts';
import type { Projects } from '../projects/projects.ts';
import { readyDesign, type OpenDesign } from './ready.ts';
import { keepRecent } from './recent.ts';

export interface Designs {
  open(source: DesignSource): Promise<Answer<OpenDesign>>;
  openText(text: string, format?: TextFormat): Answer<OpenDesign>;
}

/** Designs that stay compiled: the one that is worked on, and those it is compared with. */
const designsKept = 8;

/** Finds the design that a call speaks of. Equal texts and values are checked and compiled once. */
export function createDesigns({ examples }: Ports, projects: Projects): Designs {
  const recent = keepRecent<Answer<OpenDesign>>(designsKept);

  const openText: Designs['openText'] = (text, format) =>
    recent.get(`${format ?? 'text'}:${text}`, () =>
      checkedText(parseDesignText(text, format === undefined ? {} : { format })),
    );

  return {
    openText,
    async open(source) {
      switch (source.kind) {
        case 'text':
          return openText(source.text, source.format);
        case 'example': {
          const text = await examples.read(source.name);
          if (text !== undefined) return openText(text);
          return failed('example-unknown', { name: source.name, known: await examples.list() });
        }
        case 'design': {
          const key = jsonOf(source.design);
          const check = () => checkedValue(source.design);
          return key === undefined ? check() : recent.get(`value:${key}`, check);
        }
        case 'project':
          return projects.design(source.project);
        default:
          return source satisfies never;
      }
    },
  };
}

function checkedText(parsed: ParsedText): Answer<OpenDesign> {
  if (parsed.ok) return done(readyDesign(parsed.value));
  const { issues, omitted } = parsed;
  if (parsed.reason === 'invalid') return failed('design-invalid', { issues, omitted });
  const [first] = issues;
  if (!first) throw new Error('a text was found unreadable without a reason');
  const { line, column } = first;
  return failed('text-unreadable', { reason: issueSentence(first), line, column, issues });
}

function checkedValue(value: unknown): Answer<OpenDesign> {
  const parsed = parseDesign(value);
  if (parsed.ok) return done(readyDesign(parsed.value));
  return failed('design-invalid', { issues: parsed.issues, omitted: parsed.omitted });
}

/** Undefined for what JSON cannot say: a value from within this process can be anything. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
