import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDesignText, parseDesignText } from '../../src-main/interop/design-text/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { arbitraryDesign } from '../builders/arbitrary.ts';
import { newFolder } from './folder.ts';
import { must } from './must.ts';
import { sampleDesign } from './sample-design.ts';

/** Dozens of files are written. */
const slow = { timeout: 120_000 };

const store = createSqliteProjectStore();

function parsed(text: string, format: 'yaml' | 'json'): Design {
  const result = parseDesignText(text, { format });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** What a design's text becomes on its way through a project file that is closed and opened again. */
function throughProject(design: Design, path: string, format: 'yaml' | 'json'): string {
  must(must(store.create(path, design, { overwrite: true })).close());
  const project = must(store.open(path));
  const text = formatDesignText(project.design(), format);
  must(project.close());
  return text;
}

describe.each(['yaml', 'json'] as const)('a normalised text in %s', (format) => {
  const examples = join(import.meta.dirname, '../../resources/examples');
  const samples = readdirSync(examples).filter((name) => name.endsWith('.yaml'));

  it.each(samples)(
    'of the sample %s comes back from a project file with the same bytes',
    (name) => {
      const design = parsed(readFileSync(join(examples, name), 'utf8'), 'yaml');
      const text = formatDesignText(design, format);
      const path = join(newFolder(), 'project.hopscope');
      expect(throughProject(parsed(text, format), path, format)).toBe(text);
    },
  );

  it('of a design with empty collections comes back without them', () => {
    const design: Design = { hopscope: 1, name: 'Empty', sites: [], flows: [], layout: [] };
    const text = formatDesignText(design, format);
    expect(parsed(text, format)).toEqual({ hopscope: 1, name: 'Empty' });
    const path = join(newFolder(), 'project.hopscope');
    expect(throughProject(design, path, format)).toBe(text);
  });

  it('of any design comes back from a project file with the same bytes', slow, () => {
    const path = join(newFolder(), 'project.hopscope');
    fc.assert(
      fc.property(arbitraryDesign, (design) => {
        const text = formatDesignText(design, format);
        expect(throughProject(parsed(text, format), path, format)).toBe(text);
      }),
      { numRuns: 40, examples: [[sampleDesign()]] },
    );
  });
});
