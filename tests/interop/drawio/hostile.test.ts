import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawioOf, readDrawio } from '../../../src-main/interop/drawio/index.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';
import { sample } from '../../samples/samples.ts';
import { box, drawing, imported, line, page, textOf } from './drawings.ts';

test('circles, holes and doubles are cut and told', () => {
  const { design, remarks } = imported(drawing('broken'));
  expect(design.sites?.map(({ id, parent }) => [id, parent])).toEqual([
    ['c', undefined],
    ['b', 'c'],
  ]);
  expect(design.nodes?.map(({ id }) => id)).toEqual(['a', 'self', 'orphan', 'first']);
  // The only connector whose ends are both there.
  expect(design.links?.map(({ id }) => id)).toEqual(['first-orphan']);
  const told = remarks.map((remark) => remark.split(':')[0]);
  for (const cell of [
    'twice',
    'a',
    'self',
    'orphan',
    'e-none',
    'e-half',
    'e-gone',
    'e-self',
    'e-edge',
    'e-layer',
    'both',
  ]) {
    expect(told).toContain(cell);
  }
});

test('labels are words, whatever stands in them', () => {
  const { design, remarks } = imported(drawing('hostile'));
  expect(design.name).toBe('</script><script>alert(1)</script>');
  expect(design.nodes?.map(({ id, name }) => [id, name])).toEqual([
    ['web', 'web'],
    ['script-alert-1-script', '<script>alert(1)</script>'],
    ['b-plain-b-rm-rf', '<b>plain</b> "$(rm -rf /)"'],
    ['cmd-c-calc-a0', "=cmd|' /C calc'!A0"],
    ['payroll-gpj.exe', 'payroll\u202egpj.exe'],
    ['constructor', 'constructor'],
    [expect.any(String), expect.stringContaining('999.1.1.1')],
    ['mine', 'mine'],
    ['lies', undefined],
    ['lies-2', 'copy'],
  ]);
  // Facts that are none are not believed.
  expect(design.nodes?.find(({ id }) => id === 'lies')).toEqual({
    id: 'lies',
    kind: 'host',
    interfaces: [{ id: 'eth0', addresses: ['10.0.0.1/24'] }],
  });
  for (const fact of [
    'kind',
    'interface.eth1',
    'state',
    'its site nowhere',
    'it does not stand in',
  ]) {
    expect(remarks).toContainEqual(expect.stringContaining(`lies: ${fact}`));
  }
});

describe('large drawings', () => {
  test('of 10,000 cells', () => {
    const cells = Array.from({ length: 5000 }, (_, at) => [
      box(`c${at}`, 'machine', 'rounded=1', at),
      at === 0 ? '' : line(`e${at}`, `c${at - 1}`, `c${at}`),
    ]).flat();
    const { design, remarks } = imported(page(...cells));
    expect(design.nodes).toHaveLength(5000);
    expect(design.links).toHaveLength(4999);
    expect(design.nodes?.at(-1)?.id).toBe('machine-5000');
    expect(remarks).toEqual([]);
  }, 120_000);

  test('of boxes in boxes without end', () => {
    const cells = Array.from(
      { length: 3000 },
      (_, at) =>
        `<mxCell id="d${at}" value="d" style="container=1" vertex="1" parent="${at === 0 ? '1' : `d${at - 1}`}"><mxGeometry x="1" width="9" height="9" as="geometry"/></mxCell>`,
    );
    const { design, remarks } = imported(page(...cells));
    expect(design.sites).toHaveLength(3000);
    expect(remarks).toHaveLength(3000 - 65);
    // Each stands where it was drawn all the same.
    expect(design.layout?.find(({ id }) => id === 'site:d-3000')?.x).toBe(3000);
  }, 120_000);

  test.each([
    ['&lt;'.repeat(200_000)],
    ['&lt;a '.repeat(100_000)],
    ['&lt;!--'.repeat(100_000)],
    ['&lt;script&gt;'.repeat(50_000)],
    ['1.1.1.1.'.repeat(50_000)],
    ['a:'.repeat(100_000)],
    ['10.0.0.1 '.repeat(50_000)],
    ['vlan '.repeat(50_000)],
  ])('a label of %.12s… takes no more time than its length', (label) => {
    const cell = `<mxCell id="a" value="${label}" style="html=1" vertex="1" parent="1"/>`;
    expect(readDrawio(page(cell)).ok).toBe(true);
  });
});

describe('whatever a file has become', () => {
  const whole = textOf(drawioOf(sample('iks-on-ibm-cloud'), new Map()));
  const texts = [
    drawing('campus'),
    drawing('aws'),
    drawing('broken'),
    drawing('hostile'),
    drawing('compressed'),
    whole,
  ];

  const check = (text: string) => {
    const read = readDrawio(text);
    if (!read.ok) {
      expect(read.issues.length).toBeGreaterThan(0);
      return;
    }
    expect(parseDesign(read.design).ok).toBe(true);
    expect(readDrawio(text)).toEqual(read);
  };

  test('cut, doubled and with other characters in it', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '"',
        '&',
        ';',
        '=',
        '1',
        '0',
        'id',
        'parent="1"',
        '</mxCell>',
        '\u0000',
        '\ud800',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 40 }), piece });
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(edit, { maxLength: 6 }), (text, edits) => {
        check(
          edits.reduce((now, { at, length, piece: put }) => {
            const from = at % (now.length + 1);
            return now.slice(0, from) + put + now.slice(from + length);
          }, text),
        );
      }),
      { numRuns: 120 },
    );
  }, 240_000);

  test('with ids, parents, ends and facts exchanged', () => {
    const quoted = (text: string) =>
      [...text.matchAll(/"([^"<>&]{0,80})"/g)].map(([, value]) => value ?? '');
    fc.assert(
      fc.property(
        fc.constantFrom(...texts.filter((text) => text !== drawing('compressed'))),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 }),
        (text, pairs) => {
          const values = quoted(text);
          let now = text;
          for (const [from, to] of pairs) {
            const [a, b] = [values[from % values.length] ?? '', values[to % values.length] ?? ''];
            now = now.replace(`"${a}"`, () => `"${b}"`);
          }
          check(now);
        },
      ),
      { numRuns: 120 },
    );
  }, 240_000);
});
