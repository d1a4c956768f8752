import { describe, expect, test } from 'vitest';
import { limits } from '../../../src-main/model/limits.ts';
import { readInventory, type InventoryKind } from '../../../src-main/interop/inventory/index.ts';
import { issues, read, references } from './read.ts';

describe('a file that tells nothing', () => {
  test.each<[what: string, text: string, said: RegExp]>([
    ['nothing', '', /^a\.txt:1: it is not clear what it lists: say which of images, manifests/],
    ['prose', 'Dear all,\nplease find below.\n', /^a\.txt:1: it is not clear what it lists/],
    ['bare words, images or packages', 'nginx\nredis\n', /^a\.txt:1: it is not clear/],
    ['bytes', 'nginx:1\nELF\u0000\u0001', /^a\.txt:2: it is no text$/],
    ['an unclosed list', 'kind: Pod\nspec: [', /^a\.txt:2: not YAML: /],
    [
      'a key twice',
      'kind: Pod\nkind: Pod\n',
      /^a\.txt:2: kind is there twice: expected each key once$/,
    ],
    [
      'a template',
      'kind: Pod\nspec:\n  {{ if .Values.a }}\n  a: 1\n  {{ end }}\n',
      /it may be a template: expected rendered manifests/,
    ],
    ['tabs for indentation', 'kind: Pod\nspec:\n\tcontainers: []\n', /^a\.txt:3: not YAML: /],
    [
      'a Zarf package of another shape',
      'kind: ZarfPackageConfig\ncomponents:\n  - images: nginx\n',
      /^a\.txt:3: components\[0\]\.images is "nginx": expected a list$/,
    ],
    [
      'an image of Hauler without a name',
      'apiVersion: content.hauler.cattle.io/v1\nkind: Images\nspec: {images: [{}]}\n',
      /^a\.txt:3: spec\.images\[0\]\.name is missing: expected a text$/,
    ],
  ])('%s', (_what, text, said) => {
    expect(issues(text, 'a.txt').join('\n')).toMatch(said);
  });

  test('among others that tell something, it is listed', () => {
    const inventory = readInventory([
      { name: 'README.txt', text: 'Dear all,\nplease find below.\n' },
      { name: 'images.txt', text: 'docker.io/library/nginx:1.27\n' },
    ]);
    expect(inventory).toMatchObject({
      ok: true,
      artifacts: [{ reference: 'docker.io/library/nginx:1.27' }],
      remarks: [{ file: 'README.txt', line: 1 }],
    });
  });

  test('is too large', () => {
    expect(issues('x'.repeat(limits.yamlFileBytes + 1), 'a.txt')).toEqual([
      `a.txt:1: expected at most ${limits.yamlFileBytes} characters in one file`,
    ]);
  });

  test.each<[what: string, text: string, line: number]>([
    ['lists', `kind: Pod\nspec: ${'['.repeat(2_000_000)}`, 2],
    ['maps', `kind: Pod\nspec: ${'{a: '.repeat(500_000)}`, 2],
    [
      'lines',
      `kind: Pod\n${Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')}`,
      251,
    ],
  ])('goes deeper than any file of use, in %s', (_what, text, line) => {
    const [said, ...more] = issues(text);
    expect(said).toMatch(/^a\.yaml:\d+: not usable: expected at most 250 levels$/);
    expect(Math.abs(Number(said?.split(':')[1]) - line)).toBeLessThan(5);
    expect(more).toEqual([]);
  });

  test('has many keys in one map', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `  k${at}: v`).join('\n');
    expect(read(`kind: ConfigMap\ndata:\n${keys}\n`)).toEqual({ artifacts: [], remarks: [] });
    expect(issues(`kind: ConfigMap\ndata:\n${keys}\n  k7: w\n`)).toEqual([
      'a.yaml:20003: k7 is there twice: expected each key once',
    ]);
  });

  test('would grow beyond measure', () => {
    const levels = Array.from({ length: 9 }, (_, at) => {
      const [name, before] = [String.fromCharCode(98 + at), String.fromCharCode(97 + at)];
      return `${name}: &${name} [${`*${before},`.repeat(9)}*${before}]`;
    });
    const bomb = `kind: Pod\na: &a [x,x,x,x,x,x,x,x,x]\n${levels.join('\n')}\n`;
    expect(issues(bomb).join('\n')).toMatch(/^a\.yaml:1: not usable: Excessive alias count/);
  });

  test('has anchors as people use them', () => {
    const text = `kind: Pod
x: &c {image: "a:1"}
spec: {containers: [*c, {image: "b:1"}]}
`;
    expect(references(text)).toEqual(['image a:1', 'image b:1']);
  });
});

describe('what a file is', () => {
  test.each<[name: string, text: string, kind: InventoryKind, found: string]>([
    // What is said to be so is taken to be so.
    ['a.txt', 'nginx\n', 'images', 'image nginx'],
    ['a.txt', 'nginx\n', 'packages', 'package nginx'],
    [
      'a.conf',
      'terraform {\n required_providers {\n a = "1"\n}\n}\n',
      'terraform',
      'terraform hashicorp/a',
    ],
    ['a', '- {kind: Pod}\n', 'manifests', ''],
  ])('%s is read as it is said to be: %j as %s', (name, text, kind, found) => {
    expect(references(text, name, kind).join()).toBe(found);
  });

  test.each<[name: string, text: string, found: string]>([
    [
      'list',
      'quay.io/a/b:1\nredis:7\nbusybox\n',
      'image quay.io/a/b:1,image redis:7,image busybox',
    ],
    ['m.txt', 'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: "a:1"}]}', 'image a:1'],
    [
      'm.json',
      '{"items": [{"kind": "Pod", "spec": {"containers": [{"image": "a:1"}]}}], "kind": "List"}',
      'image a:1',
    ],
    ['t.txt', 'terraform {\n required_providers {\n a = "1"\n }\n}', 'terraform hashicorp/a'],
    ['p', 'nfs-common\t\tinstall\n', 'package nfs-common'],
  ])('%s is told by what it says', (name, text, found) => {
    expect(references(text, name).join()).toBe(found);
  });
});

test('several files give one list, and the same one each time', () => {
  const files = [
    { name: 'b.txt', text: 'nginx:1\nredis:7\n' },
    { name: 'a.tf', text: 'resource "tls_key" "k" {}' },
    { name: 'a.yaml', text: 'kind: Pod\nspec: {containers: [{image: "nginx:1"}]}' },
  ];
  const found = readInventory(files);
  expect(found.ok && found.artifacts.map(({ reference, file }) => `${reference} ${file}`)).toEqual([
    'nginx:1 b.txt',
    'redis:7 b.txt',
    'hashicorp/tls a.tf',
  ]);
  expect(JSON.stringify(readInventory(files))).toBe(JSON.stringify(found));
});

test('a long line of letters and signs does not hold it up', () => {
  const data = `${'a'.repeat(200_000)} ${'a.'.repeat(100_000)} ${'a/'.repeat(100_000)} ${'a-'.repeat(100_000)}`;
  const text = `kind: ConfigMap\nmetadata: {name: c}\ndata: {x: "${data}"}\n`;
  expect(read(text)).toEqual({ artifacts: [], remarks: [] });
  expect(read(`${'a/'.repeat(100_000)}b:1\n`, 'a.txt', 'images').artifacts).toEqual([]);
});
