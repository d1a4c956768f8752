import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  formatDesignText,
  parseDesignText,
  type TextFormat,
} from '../../../src-main/interop/design-text/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { arbitraryDesign } from '../../builders/arbitrary.ts';
import { awkward, textOf } from '../../builders/awkward-texts.ts';
import { network } from '../../builders/network.ts';

function reread(text: string, format: TextFormat): Design {
  const parsed = parseDesignText(text, { format });
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.issues[0])} in\n${text}`);
  return parsed.value;
}

describe.each(['yaml', 'json'] as const)('the text form in %s', (format) => {
  it('gives back every design that it was made from, and the same bytes again', () => {
    fc.assert(
      fc.property(arbitraryDesign, (design) => {
        const text = formatDesignText(design, format);
        const again = reread(text, format);
        expect(again).toEqual(design);
        expect(formatDesignText(again, format)).toBe(text);
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });

  it('keeps every text, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.oneof(awkward, textOf(0, 2000)), (notes) => {
        const design: Design = { hopscope: 1, name: 'texts', notes };
        expect(reread(formatDesignText(design, format), format).notes).toBe(notes);
      }),
      { numRuns: 1000 },
    );
  });

  it('writes what is read by UTF-8 files: nothing is lost on the way through bytes', () => {
    fc.assert(
      fc.property(textOf(0, 200), (notes) => {
        const text = formatDesignText({ hopscope: 1, name: 'bytes', notes }, format);
        const bytes = new TextEncoder().encode(text);
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(text);
      }),
    );
  });
});

describe('normal form', () => {
  const design: Design = {
    hopscope: 1,
    name: 'no',
    notes: 'first line\nsecond line\n',
    nodes: [
      {
        routes: [{ via: '10.0.0.1', destination: '0.0.0.0/0' }],
        kind: 'host',
        interfaces: [{ mac: '00:50:56:01:02:03', addresses: ['10.0.0.2/24'], id: 'eth0' }],
        tags: ['1e3', '0x10', '12:30'],
        id: 'a',
        name: '네트워크 🌐',
      },
    ],
    segments: [{ kind: 'vlan', id: 'lan', mtu: 9000, vlan: 7, subnets: [{ cidr: '10.0.0.0/24' }] }],
  };

  it('puts keys in the order of the schemas and short values on one line', () => {
    expect(formatDesignText(design, 'yaml')).toBe(
      [
        'hopscope: 1',
        'name: "no"',
        'notes: |',
        '  first line',
        '  second line',
        'segments:',
        '  - id: lan',
        '    kind: vlan',
        '    vlan: 7',
        '    mtu: 9000',
        '    subnets:',
        '      - {cidr: 10.0.0.0/24}',
        'nodes:',
        '  - id: a',
        '    kind: host',
        '    name: 네트워크 🌐',
        '    tags: ["1e3", "0x10", "12:30"]',
        '    interfaces:',
        '      - {id: eth0, addresses: [10.0.0.2/24], mac: "00:50:56:01:02:03"}',
        '    routes:',
        '      - {destination: 0.0.0.0/0, via: 10.0.0.1}',
        '',
      ].join('\n'),
    );
  });

  it('does not depend on the order in which a design was put together', () => {
    const shuffled = {
      nodes: design.nodes,
      notes: design.notes,
      segments: design.segments,
      name: design.name,
      hopscope: 1,
    } as Design;
    for (const format of ['yaml', 'json'] as const) {
      expect(formatDesignText(shuffled, format)).toBe(formatDesignText(design, format));
    }
  });

  it('sorts labels, so that equal designs give equal bytes', () => {
    const labelled = (labels: Record<string, string>) =>
      network()
        .segment('lan', '10.0.0.0/24')
        .host('a', '10.0.0.1/24')
        .cluster('k', ['a'])
        .workload('web', [], { labels })
        .build();
    const text = formatDesignText(labelled({ tier: 'web', app: 'shop', 9: 'x', 10: 'z' }), 'yaml');
    expect(text).toContain('labels: {"9": x, "10": z, app: shop, tier: web}');
    expect(formatDesignText(labelled({ 10: 'z', app: 'shop', 9: 'x', tier: 'web' }), 'yaml')).toBe(
      text,
    );
  });

  it('writes texts with lines that YAML could lose as quoted ones', () => {
    const notes = (text: string) =>
      formatDesignText({ hopscope: 1, name: 'x', notes: text }, 'yaml');
    expect(notes('a\n  - b\n\nc')).toContain('notes: |-\n  a\n    - b\n\n  c\n');
    expect(notes(' \n')).toContain('notes: " \\n"');
    expect(notes('a\r\nb')).toContain('notes: "a\\r\\nb"');
  });

  it('writes no anchors, even where one object stands at several places', () => {
    const tags = ['shared'];
    const text = formatDesignText(
      {
        hopscope: 1,
        name: 'x',
        sites: [
          { id: 'a', kind: 'cloud', tags },
          { id: 'b', kind: 'cloud', tags },
        ],
      },
      'yaml',
    );
    expect(text).not.toMatch(/[&*]/);
  });

  it('means the same to a YAML 1.1 reader', () => {
    fc.assert(
      fc.property(fc.oneof(awkward, textOf(0, 100)), (notes) => {
        const text = formatDesignText({ hopscope: 1, name: 'x', notes }, 'yaml');
        expect(parseYaml(text, { version: '1.1' })).toEqual({ hopscope: 1, name: 'x', notes });
      }),
      { numRuns: 300 },
    );
  });
});
