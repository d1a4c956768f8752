import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { withoutClock } from '../../../src-main/hosts/local/chromium.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { sampleText } from '../../samples/samples.ts';
import { hopscope } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const example = ['--example', 'iks-on-ibm-cloud'];
const run = (...args: readonly string[]) => hopscope(args, { cwd: folder });

describe('exports', { timeout: 120_000 }, () => {
  test.each([
    ['drawio', 'a.drawio', /<mxfile /],
    ['mermaid', 'a.mmd', /^flowchart/m],
    ['dot', 'a.dot', /^graph /],
    ['containerlab', 'a.clab.yml', /^topology:/m],
    ['clabernetes', 'a.yaml', /kind: Topology/],
    ['svg', 'a.svg', /^<svg /],
  ])('%s is a file, and what does not carry over is listed', async (format, out, begins) => {
    const ran = await run('export', ...example, '--format', format, '--out', out);
    expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
    expect(readFileSync(join(folder, out), 'utf8')).toMatch(begins);
    expect(ran.out).toMatch(format === 'svg' ? /^Wrote a\.svg$/m : /^Not carried over:$/m);
    // Nothing is replaced without a word.
    const again = await run('export', ...example, '--format', format, '--out', out);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('exists already')]);
  });

  test.each([
    ['netbox', 'order.txt'],
    ['linux', 'lab.sh'],
    ['policies', /policies\.yaml$/],
  ])('%s is a folder of files', async (format, file) => {
    const { code, err } = await run('export', ...example, '--format', format, '--out', format);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const files = readdirSync(join(folder, format));
    expect(files.some((one) => (typeof file === 'string' ? one === file : file.test(one)))).toBe(
      true,
    );
  });

  const carried = ['--example', 'icp-on-vcenter', '--scenario', 'icp-air-gapped'];
  test.each([
    ['zarf', 'zarf.yaml', /^kind: ZarfPackageConfig$/m, ['notes', 'settings']],
    ['hauler', 'manifest.yml', /^kind: Images$/m, ['notes', 'settings']],
    ['firewall-request', 'request.csv', /^"Source","Source address"/, []],
    ['firewall-request', 'request.xlsx', /^PK/, []],
  ])('%s of a scenario is written to %s', async (format, out, begins, leftOut) => {
    const args = ['export', ...carried, '--format', format, '--out', out, '--json'];
    const ran = await run(...args);
    expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
    const ref = 'install-scenario:icp-air-gapped';
    expect(JSON.parse(ran.out)).toEqual({
      files: [out],
      leftOut: leftOut.map((path) => ({
        ref,
        path,
        code: 'no-place-for-key',
        detail: { format, key: path },
        text: expect.stringContaining(path),
      })),
    });
    expect(readFileSync(join(folder, out), 'latin1')).toMatch(begins);
  });

  test('a bundle of the command line comes back by import artifacts', async () => {
    const empty = join(folder, 'empty.yaml');
    const text = sampleText('icp-on-vcenter');
    const without = text.replace(/^ {4}bundle: \[ibmcom.*\n/m, '');
    expect(without).not.toBe(text);
    writeFileSync(empty, without);
    await run('export', ...carried, '--format', 'hauler', '--out', 'there.yaml');
    const into = [
      '--into',
      empty,
      '--scenario',
      'icp-air-gapped',
      '--out',
      'carried.yaml',
      '--json',
    ];
    const back = await run('import', 'artifacts', 'there.yaml', ...into);
    const { found } = JSON.parse(back.out) as { found: { kind: string; reference: string }[] };
    expect(found.map(({ kind, reference }) => `${kind} ${reference}`)).toEqual([
      'image ibmcom/icp-inception:3.1.2',
      'image ibmcom/pause:3.1',
    ]);
  });

  test.each([
    [['--format', 'zarf'], /has 4 install scenarios, and none was named[^]*Name one of: icp-conn/],
    [
      ['--format', 'zarf', '--scenario', 'gone'],
      /no install scenario "gone"[^]*scenarios are: icp/,
    ],
    [['--format', 'hauler', '--scenario', 'icp-connected'], /is connected: no bundle is carried/],
  ])('a scenario is asked for: %j', async (args, why) => {
    const all = ['export', '--example', 'icp-on-vcenter', ...args, '--out', 'no.yaml'];
    const { code, err } = await run(...all);
    expect([code, err]).toEqual([2, expect.stringMatching(why)]);
  });

  test('a design without scenarios says so', async () => {
    const { code, err } = await run('export', ...example, '--format', 'zarf', '--out', 'no.yaml');
    expect([code, err]).toEqual([2, expect.stringContaining('has no install scenario')]);
  });

  test.each([
    [['--format', 'firewall-request', '--out', 'a.xls'], /expected a \.csv or \.xlsx file/],
    [['--format', 'netbox'], /Expected --out FOLDER with --format netbox/],
    [['--format', 'netbox', '--out', 'a.csv'], /makes several files, expected a folder/],
    [['--format', 'dot', '--out', 'a.png'], /OUT is a\.png: expected a \.dot or \.gv file/],
    [['--format', 'svg', '--out', 'b.svg', '--flow', 'gone'], /gone/],
    [
      ['--format', 'svg', '--out', 'b.svg', '--only', 'gone'],
      /none of node:gone is drawn in view all/,
    ],
  ])('%j is refused', async (args, why) => {
    const { code, err } = await run('export', ...example, ...args);
    expect([code, err]).toEqual([2, expect.stringMatching(why)]);
  });

  test('a drawing comes back as the design that it shows', async () => {
    await run('export', ...example, '--out', 'there.drawio');
    const { code, out } = await run('import', 'drawio', 'there.drawio', '--out', 'back.yaml');
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^Wrote back\.yaml\n\d+ nodes, \d+ segments/),
    ]);
    const bad = await run('import', 'drawio', 'back.yaml', '--out', 'worse.yaml');
    expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('The drawing cannot be read')]);
  });

  test('a report names its formats, and Markdown has its pictures beside it', async () => {
    const bad = await run('report', ...example, '--out', 'a.docx');
    expect([bad.code, bad.err]).toEqual([
      2,
      expect.stringContaining('expected a .html, .pdf, .md or .json'),
    ]);
    const { code } = await run('report', ...example, '--out', 'r.md');
    expect(code).toBe(0);
    const [first = ''] =
      /r-pictures\/[\w-]+\.svg/.exec(readFileSync(join(folder, 'r.md'), 'utf8')) ?? [];
    expect(readFileSync(join(folder, first), 'utf8')).toMatch(/^<svg /);
  });

  test('names that are taken are told before any work, and nothing is half written', async () => {
    await run('report', ...example, '--out', 'taken.md');
    rmSync(join(folder, 'taken.md'));
    const { code, err } = await run('report', ...example, '--out', 'taken.md');
    expect([code, err]).toEqual([2, expect.stringContaining('taken-pictures exists already')]);
    expect(existsSync(join(folder, 'taken.md'))).toBe(false);
  });

  test('only a project has versions', async () => {
    const { code, err } = await run('report', ...example, '--out', 'v.html', '--since', 'v1');
    expect([code, err]).toEqual([2, expect.stringContaining('Only a project has versions')]);
  });

  test('without a Chromium a PDF is refused with a sentence', async () => {
    const { code, err } = await hopscope(['report', ...example, '--out', 'none.pdf'], {
      cwd: folder,
      env: { HOPSCOPE_CHROMIUM: '/nowhere/chromium' },
    });
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('HOPSCOPE_CHROMIUM names /nowhere/chromium'),
    ]);
  });
});

test('a PDF does not say when it was made', () => {
  const pdf = Buffer.from(
    "%PDF-1.4 /CreationDate (D:20261129070000+00'00')\n/ModDate (D:20261129070000Z)",
  );
  const bytes = withoutClock(pdf);
  expect(bytes.length).toBe(pdf.length);
  expect(Buffer.from(bytes).toString()).toBe(
    "%PDF-1.4 /CreationDate (D:20000101000000+00'00')\n/ModDate (D:20000101000000Z)",
  );
});

describeRequiring(['chromium'], 'what Chromium prints', () => {
  test('a report as a PDF with an outline, twice the same', { timeout: 180_000 }, async () => {
    for (const out of ['one.pdf', 'two.pdf']) {
      const args = ['report', '--example', 'iks-on-ibm-cloud', '--language', 'ko', '--out', out];
      expect((await run(...args)).code).toBe(0);
    }
    const [one, two] = ['one.pdf', 'two.pdf'].map((name) => readFileSync(join(folder, name)));
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
    const text = one?.toString('latin1') ?? '';
    expect(text).toMatch(/^%PDF-/);
    expect(text).toContain('/Outlines');
    // Korean letters are text, which can be found and copied: fonts with a way back to Unicode.
    expect(text).toContain('/ToUnicode');
  });

  test('a picture as a PNG of the size that is asked for', { timeout: 120_000 }, async () => {
    const args = [
      'export',
      '--example',
      'iks-on-ibm-cloud',
      '--out',
      'p.png',
      '--scale',
      '1',
      '--json',
    ];
    const { out } = await run(...args);
    const { width, height } = JSON.parse(out) as { width: number; height: number };
    const png = readFileSync(join(folder, 'p.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
  });
});
