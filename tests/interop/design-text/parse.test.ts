import { describe, expect, it } from 'vitest';
import {
  parseDesignText,
  textIssueSentence,
  type ParseTextOptions,
} from '../../../src-main/interop/design-text/index.ts';

/** What is wrong with a text, a sentence a line. */
function faults(text: string, options?: ParseTextOptions): string[] {
  const parsed = parseDesignText(text, options);
  return parsed.ok ? [] : parsed.issues.map(textIssueSentence);
}

const head = 'hopscope: 1\nname: x\n';

describe('a YAML text', () => {
  it('is read by the YAML 1.2 core schema', () => {
    const parsed = parseDesignText(
      [
        '# a comment',
        'hopscope: 0o1',
        'name: no',
        'notes: >-',
        '  folded',
        '  text',
        'sites: [{id: a, kind: cloud, tags: [on, 12:30, 2026-11-22, "1"]}]',
      ].join('\n'),
    );
    expect(parsed).toEqual({
      ok: true,
      value: {
        hopscope: 1,
        name: 'no',
        notes: 'folded text',
        sites: [{ id: 'a', kind: 'cloud', tags: ['on', '12:30', '2026-11-22', '1'] }],
      },
    });
  });

  it('may use aliases', () => {
    const text = `${head}sites:\n  - &a {id: a, kind: cloud, tags: &t [x]}\n  - {id: b, kind: cloud, tags: *t}\n`;
    expect(parseDesignText(text)).toMatchObject({
      ok: true,
      value: { sites: [{ tags: ['x'] }, { tags: ['x'] }] },
    });
  });

  it('takes an alias for the last anchor of its name above it', () => {
    const text = `${head}sites:\n  - {id: &i a, kind: cloud}\n  - {id: &i b, kind: cloud, parent: *i}\n`;
    expect(faults(text)).toEqual([
      'line 5, column 37: sites[1].parent is "b": expected a site outside this one; sites contain each other in a circle',
    ]);
  });

  it('is told of every fault in one go, each with its line and column, in the order of the text', () => {
    const text = [
      'hopscope: 1',
      'name: x',
      'name: y',
      'nodes:',
      '  - kind: host',
      '  - id: b',
      '    kind: hst',
      '  - id: c',
      '    kind: host',
      '    interfaces:',
      '      - {id: eth0, segment: lan, addresses: [10.0.0.1/24, 10.0.0.300/24], colour: red}',
      '  - id: d',
      '    kind: host',
      '    runsOn: nowhere',
      'flows:',
      '  - id: f',
      '    from: {kind: node, node: c}',
      '    to: {kind: address, address: 10.0.0.1}',
      '    port: 0',
      '  - id: f',
      '    from: {kind: node, node: b}',
      '    to: {kind: address, address: 10.0.0.1}',
      '    port: 80',
    ].join('\n');
    expect(faults(text)).toEqual([
      'line 3, column 1: name stands there twice: expected each key of a map once',
      'line 5, column 5: nodes[0].id is missing: expected an id: letters, digits, ".", "_" or "-", starting with a letter or digit, at most 63 characters',
      'line 7, column 11: nodes[1].kind is "hst": expected one of "host", "router", "edge-gateway", "distributed-router", "hypervisor", "l2-gateway"',
      'line 11, column 59: nodes[2].interfaces[0].addresses[1] is "10.0.0.300/24": expected an address with its prefix length, such as 192.168.20.61/24 or 2001:db8::61/64',
      'line 11, column 75: nodes[2].interfaces[0].colour is "red": expected no such key here',
      'line 19, column 11: flows[0].port is 0: expected a port from 1 to 65535',
      'line 20, column 9: flows[1].id is "f": expected an id of its own; flows[0] has it already',
    ]);
  });

  it('points into the anchored text where an alias brings the fault', () => {
    const text = `${head}sites:\n  - {id: a, kind: cloud, tags: &t [""]}\n  - {id: b, kind: cloud, tags: *t}\n`;
    expect(faults(text)).toEqual([
      'line 4, column 36: sites[0].tags[0] is "": expected a text of 1 to 63 characters',
      'line 4, column 36: sites[1].tags[0] is "": expected a text of 1 to 63 characters',
    ]);
  });

  it('counts lines that end with CR LF, and columns behind wide characters', () => {
    expect(faults('hopscope: 1\r\nname: x\r\nnotes: 5\r\n')).toEqual([
      'line 3, column 8: notes is 5: expected a text of at most 20000 characters',
    ]);
    expect(faults('{hopscope: 1, name: 네트워크🌐, notes: 5}', { format: 'yaml' })[0]).toMatch(
      /^line 1, column 36:/,
    );
  });

  // What is no YAML at all, and what of YAML is left out.
  it.each([
    [
      'a: b: c',
      'line 1, column 4: expected YAML 1.2: Nested mappings are not allowed in compact mappings',
    ],
    [
      'a: [1, 2\nb: 3\n',
      'line 2, column 1: expected YAML 1.2: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a: "b', 'line 1, column 6: expected YAML 1.2: Missing closing "quote'],
    ['\t- a', 'line 1, column 1: expected YAML 1.2: Tabs are not allowed as indentation'],
    ['a: 1\n---\nb: 2', 'line 2, column 1: expected one document in one text'],
    ['%YAML 1.1\n---\na: no', 'line 1, column 1: expected no directive but one %YAML 1.2'],
    ['%TAG ! tag:x,2000:\n---\na: 1', 'line 1, column 1: expected no directive but one %YAML 1.2'],
    [
      'a: !!binary aGk=',
      'line 1, column 4: expected YAML 1.2: Unresolved tag: tag:yaml.org,2002:binary',
    ],
    ['a: !x 1', 'line 1, column 4: expected YAML 1.2: Unresolved tag: !x'],
    ['a: *x', 'line 1, column 4: expected YAML 1.2: an alias of an anchor above it; *x is none'],
    [
      'a: &a [*a]',
      'line 1, column 8: expected YAML 1.2: an alias outside of what it stands for; *a is none',
    ],
    [
      '? [a]\n: 1',
      'line 1, column 3: expected YAML 1.2: With stringKeys, all keys must be strings',
    ],
  ])('refuses %j', (text, sentence) => {
    const parsed = parseDesignText(text, { format: 'yaml' });
    expect(parsed).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(faults(text, { format: 'yaml' })[0]).toBe(sentence);
  });

  it('lists several syntax errors', () => {
    expect(faults(`${head}notes: "\\q"\nsites: *a b\n`).length).toBeGreaterThan(1);
  });

  it.each(['', '# nothing but a comment\n', '---\n', 'null'])('is a map, not %j', (text) => {
    const [sentence, ...others] = faults(text);
    expect(sentence).toMatch(
      /^line 1, column \d: the document is null: expected a map of keys to values$/,
    );
    expect(others).toEqual([]);
  });

  it('does not merge by <<', () => {
    expect(faults(`${head}<<: {notes: y}\n`)).toEqual([
      'line 3, column 1: ["<<"] is {"notes":"y"}: expected no such key here',
    ]);
  });
});

describe('a JSON text', () => {
  const json = { format: 'json' } as const;

  it('is told of every fault with its line and column', () => {
    const text = [
      '{',
      '  "hopscope": 1,',
      '  "name": "x", "name": "y",',
      '  "nodes": [',
      '    { "id": "a", "kind": "host", "interfaces": [{ "id": "e", "id": "f" }], "runsOn": "b" },',
      '    { "kind": "host", "port\\u0020x": 1 }',
      '  ]',
      '}',
    ].join('\n');
    expect(faults(text, { fileName: 'net.json' })).toEqual([
      'net.json:3:16: name stands there twice: expected each key of a map once',
      'net.json:5:62: nodes[0].interfaces[0].id stands there twice: expected each key of a map once',
      'net.json:6:5: nodes[1].id is missing: expected an id: letters, digits, ".", "_" or "-", starting with a letter or digit, at most 63 characters',
      'net.json:6:23: nodes[1]["port x"] is 1: expected no such key here',
    ]);
  });

  // RFC 8259 to the letter: what YAML or JavaScript would forgive is refused.
  it.each([
    ['', 'line 1, column 1: expected a value'],
    ['{"a":1,}', 'line 1, column 8: "}": expected a key in double quotes'],
    ['[1,]', 'line 1, column 4: [1] is "]": expected a value'],
    ['{a:1}', 'line 1, column 2: "a": expected a key in double quotes'],
    ["{'a':1}", 'line 1, column 2: "\'": expected a key in double quotes'],
    ['{"a" 1}', 'line 1, column 6: "1": expected ":"'],
    ['{"a":1 "b":2}', 'line 1, column 8: "\\"": expected "," or "}"'],
    ['{"a":01}', 'line 1, column 7: "1": expected "," or "}"'],
    ['{"a":.5}', 'line 1, column 6: a is ".": expected a value'],
    ['{"a":+1}', 'line 1, column 6: a is "+": expected a value'],
    ['{"a":NaN}', 'line 1, column 6: a is "N": expected a value'],
    [
      '{"a":"x\ny"}',
      'line 1, column 6: a is "\\"": expected a text with its control characters and backslashes escaped',
    ],
    [
      '{"a":"\\x"}',
      'line 1, column 6: a is "\\"": expected a text with its control characters and backslashes escaped',
    ],
    ['{"a":"x', 'line 1, column 6: a is "\\"": expected a text that ends with a double quote'],
    ['{"a":1} x', 'line 1, column 9: "x": expected nothing after the end of the document'],
    ['{"a":1 // c\n}', 'line 1, column 8: "/": expected "," or "}"'],
    ['{"a":\u00a01}', 'line 1, column 6: a is "\u00a0": expected a value'],
    ['[[1,2],', 'line 1, column 8: [1]: expected a value'],
  ])('refuses %j', (text, sentence) => {
    expect(parseDesignText(text, json)).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(faults(text, json)).toEqual([sentence]);
  });

  it('may start with a byte order mark', () => {
    expect(faults('\ufeff{"hopscope":1,"name":"x"}')).toEqual([]);
  });
});

describe('which of the two a text is', () => {
  it.each([
    ['{"hopscope":1,"name":"x"}', {}, 'json'],
    ['  \n{"hopscope":1,"name":"x"}', {}, 'json'],
    ['hopscope: 1\nname: x', {}, 'yaml'],
    ['{hopscope: 1, name: x}', { fileName: 'a.yaml' }, 'yaml'],
    ['{hopscope: 1, name: x}', { fileName: 'a.YML' }, 'yaml'],
    ['{"hopscope":1,"name":"x"}', { fileName: 'a.json' }, 'json'],
    ['{"hopscope":1,"name":"x"}', { format: 'yaml' }, 'yaml'],
  ] as [string, ParseTextOptions, string][])('reads %j with %j as %s', (text, options) => {
    expect(faults(text, options)).toEqual([]);
  });

  it('is told by the option first and the file name next', () => {
    expect(faults('a: 1', { fileName: 'a.json' })[0]).toBe('a.json:1:1: "a": expected a value');
    expect(faults('a: 1', { fileName: 'a.yaml', format: 'json' })[0]).toContain('expected a value');
    expect(faults('{a: 1}')[0]).toContain('expected a key in double quotes');
  });
});

// __proto__ is a key that nobody knows, in either form, wherever it stands; nothing is ever polluted.
describe.each([
  ['yaml', '"__proto__": {polluted: 1}'],
  ['json', '"__proto__": {"polluted": 1}'],
] as const)('a __proto__ key in %s', (format, pair) => {
  const labelled = (labels: string) =>
    `{"hopscope": 1, "name": "x", "clusters": [{"id": "k", "flavour": "icp", "nodes": [], "podCidrs": [], "serviceCidrs": [], "namespaces": [{"name": "default", "labels": ${labels}}]}]}`;

  it.each([
    [`{"hopscope": 1, "name": "x", ${pair}}`, '__proto__'],
    [
      `{"hopscope": 1, "name": "x", "sites": [{"id": "a", "kind": "cloud", ${pair}}]}`,
      'sites[0].__proto__',
    ],
    [labelled(`{${pair}}`), 'clusters[0].namespaces[0].labels.__proto__'],
  ])('in %j is an unknown key', (text, path) => {
    const [sentence = '', ...others] = faults(text, { format });
    expect(sentence).toContain(`${path} is {"polluted":1}: expected no such key here`);
    expect(others).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is not confused with labels that JavaScript objects have names for', () => {
    const text = labelled('{"constructor": "a", "toString": "b", "hasOwnProperty": "c"}');
    expect(faults(text, { format })).toEqual([]);
  });
});
