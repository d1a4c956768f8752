import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, it, test, vi } from 'vitest';
import type { FirewallRequestRow } from '../../../src-main/install/index.ts';
import { firewallColumns } from '../../../src-main/install/plan/index.ts';
import { firewallRequestXlsx } from '../../../src-main/interop/spreadsheet/index.ts';
import { textOf } from '../../builders/awkward-texts.ts';
import { describeRequiring, findPython } from '../../support/capabilities.ts';
import { hostileNames } from '../hostile-names.ts';

const row = (more: Partial<FirewallRequestRow> = {}): FirewallRequestRow => ({
  sources: ['worker-1'],
  sourceAddresses: ['192.168.20.61'],
  host: 'registry-1.docker.io',
  protocol: 'tcp',
  port: 443,
  purposes: ['images'],
  ...more,
});

interface Workbook {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** Read by Python's own ZIP and XML. */
async function read(rows: readonly FirewallRequestRow[]): Promise<Workbook> {
  const { status, stdout, stderr } = spawnSync(
    findPython() ?? 'python3',
    [join(import.meta.dirname, 'read_xlsx.py')],
    { input: await firewallRequestXlsx(rows), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Workbook;
}

afterEach(() => {
  vi.useRealTimers();
});

test('the same rows are the same bytes, whenever they are written', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') });
  const first = await firewallRequestXlsx([row()]);
  vi.setSystemTime(new Date('2031-07-08T09:10:11Z'));
  expect(await firewallRequestXlsx([row()])).toEqual(first);
});

describeRequiring(['python3'], 'the workbook, read again', () => {
  it('has the table of the CSV file', async () => {
    const { name, rows } = await read([
      row({ purposes: ['a "b", c', 'charts'] }),
      row({ sources: ['worker-1', 'worker-2'], protocol: 'udp', address: '::1', port: 53 }),
    ]);
    expect(name).toBe('Firewall request');
    expect(rows).toEqual([
      [...firewallColumns],
      ['worker-1', '192.168.20.61', 'registry-1.docker.io', '', 'tcp', '443', 'a "b", c; charts'],
      ['worker-1; worker-2', '192.168.20.61', 'registry-1.docker.io', '::1', 'udp', '53', 'images'],
    ]);
  });

  it('has its heading alone where nothing is asked for', async () => {
    expect((await read([])).rows).toEqual([[...firewallColumns]]);
  });

  it('has every text as it is, and no formula', async () => {
    const texts = [...hostileNames, '_x0041_ _x005F_x0041_', '=HYPERLINK("http://example.com")'];
    const { rows } = await read(texts.map((text) => row({ host: text, purposes: [text] })));
    const inXml = texts.map((text) => text.replace(/[\ufffe\uffff]/g, '\ufffd'));
    expect(rows.slice(1).map((cells) => cells[2])).toEqual(inXml);
    expect(rows.slice(1).map((cells) => cells[6])).toEqual(inXml);
  });

  it('has any text', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(textOf(1, 60), { minLength: 20, maxLength: 60 }), async (texts) => {
        const { rows } = await read(texts.map((text) => row({ purposes: [text] })));
        expect(rows.slice(1).map((cells) => cells[6])).toEqual(
          texts.map((text) => text.replace(/[\ufffe\uffff]/g, '\ufffd')),
        );
      }),
      { numRuns: 5 },
    );
  });

  it('ends a text that is longer than a cell', async () => {
    const { rows } = await read([row({ purposes: ['👩'.repeat(20_000)] })]);
    const text = rows[1]?.[6] ?? '';
    expect(text.length).toBeLessThanOrEqual(32_767);
    expect(text).toMatch(/^(👩)+…$/u);
  });
});
