import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src-main/hosts/cli/nearest.ts';
import { network } from '../../builders/network.ts';
import { checkDesign } from '../../../src-main/checks/index.ts';
import { renderFindings } from '../../../src-main/hosts/cli/render/findings.ts';
import { table, wrap } from '../../../src-main/hosts/cli/render/lines.ts';
import { headerChanges, renderStack } from '../../../src-main/hosts/cli/render/stack.ts';
import { renderResult } from '../../../src-main/hosts/cli/render/trace.ts';
import { failureText } from '../../../src-main/hosts/cli/render/verdict.ts';
import { terminalOf, wantsColor } from '../../../src-main/hosts/cli/terminal.ts';
import { traceFault, type Packet, type Result } from '../../../src-main/sim/vocabulary/index.ts';
import { denied, reachable, twoPaths } from './results.ts';

const plain = { colors: picocolors.createColors(false), width: 100 };
const colored = { colors: picocolors.createColors(true), width: 100 };

const roomy = { timeout: 60_000 };

/** Holds a text against `golden/NAME.txt`; with UPDATE_GOLDEN=1 the file is written instead. */
function expectGolden(name: string, text: string): void {
  const file = join(import.meta.dirname, 'golden', `${name}.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `${text}\n`);
  expect(`${text}\n`).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
}

describe('a result as text', () => {
  it.each(Object.entries({ reachable, denied, twoPaths }))(
    '%s is made of traces that keep their promises',
    (_name, { forward, reverse }) => {
      expect([...forward, ...reverse].map(traceFault).filter(Boolean)).toEqual([]);
    },
  );

  it.each<[name: string, result: Result, brief: boolean]>([
    ['reachable', reachable, false],
    ['reachable-brief', reachable, true],
    ['denied', denied, false],
    ['two-paths-brief', twoPaths, true],
  ])('reads as golden/%s.txt', (name, result, brief) => {
    expectGolden(name, renderResult(result, { title: 'user-to-shop', brief }, plain));
  });

  it('is the same text in colour, once the colours are taken out', () => {
    const view = { title: 'user-to-shop' };
    const inColor = renderResult(reachable, view, colored);
    expect(inColor).not.toBe(renderResult(reachable, view, plain));
    expect(stripVTControlCharacters(inColor)).toBe(renderResult(reachable, view, plain));
  });

  it('keeps every line within the terminal', () => {
    for (const width of [60, 80, 120]) {
      const text = renderResult(reachable, { title: 'user-to-shop' }, { ...plain, width });
      const longest = Math.max(...text.split('\n').map((line) => line.length));
      // One header is never broken: the longest is the outer IPv4 with its indent.
      expect(longest).toBeLessThanOrEqual(Math.max(width, 84));
    }
  });

  it.each([false, true])('has room for a trace of 150,000 hops, brief: %s', roomy, (brief) => {
    const [request] = reachable.forward;
    const [leg] = request?.legs ?? [];
    const [hop] = leg?.hops ?? [];
    if (!request || !leg || !hop) throw new Error('the result has no hop');
    const passed = { ...hop, steps: hop.steps.slice(-1) };
    const hops = Array.from({ length: 150_000 }, () => passed);
    const long = { ...request, legs: [{ ...leg, hops }] };
    const result: Result = { ...reachable, forward: [long], reverse: [{ ...long, replyTo: 0 }] };
    const lines = renderResult(result, { title: 'long', brief }, plain).split('\n');
    expect(lines.length).toBeGreaterThan(300_000);
  });

  it('has room for a table of 150,000 rows', () => {
    const cells = Array.from({ length: 150_000 }, (_, row) => `row ${row}`);
    const plainTitle = (text: string) => text;
    expect(
      table(
        [
          { title: 'A', cells },
          { title: 'B', cells },
        ],
        plainTitle,
      ),
    ).toHaveLength(150_001);
  });

  it('says where a request ended and why, and nothing of one that arrived', () => {
    expect(failureText(denied)).toBe('denied at esg: the default rule denies it');
    expect(failureText(reachable)).toBeUndefined();
  });

  it('says of a one-way flow how the reply ended', () => {
    const [lost] = denied.forward;
    const oneWay: Result = {
      ...reachable,
      status: 'one-way',
      reverse: lost ? [{ ...lost, replyTo: 0 }] : [],
    };
    expect(failureText(oneWay)).toBe('the reply is denied at esg: the default rule denies it');
  });
});

describe('the header stack', () => {
  const tcp = { type: 'tcp', sourcePort: 1024, destinationPort: 80, flags: 'SYN' } as const;
  const v4 = {
    type: 'ipv4',
    src: '10.0.0.1',
    dst: '10.0.0.2',
    ttl: 64,
    protocol: 6,
    df: true,
    length: 60,
  } as const;
  const tunnel = { ...v4, src: '192.0.2.1', dst: '192.0.2.2', protocol: 4, length: 80 };

  it.each<[title: string, before: Packet | undefined, packet: Packet, shown: string]>([
    [
      'marks nothing in the first packet',
      undefined,
      [v4, tcp],
      ' IPv4 10.0.0.1 → 10.0.0.2 ttl 64 DF 60 B │ TCP 1024 → 80 SYN',
    ],
    [
      'marks a header that was rewritten',
      [v4, tcp],
      [{ ...v4, ttl: 63 }, tcp],
      '*IPv4 10.0.0.1 → 10.0.0.2 ttl 63 DF 60 B │ TCP 1024 → 80 SYN',
    ],
    [
      'marks a header that was put on outside, and leaves the inner ones unmarked',
      [v4, tcp],
      [tunnel, v4, tcp],
      '+IPv4 192.0.2.1 → 192.0.2.2 ttl 64 DF ip-in-ip 80 B │ IPv4 10.0.0.1 → 10.0.0.2 ttl 64 DF 60 B │ TCP 1024 → 80 SYN',
    ],
    [
      'marks nothing where a header was only taken off',
      [tunnel, v4, tcp],
      [v4, tcp],
      ' IPv4 10.0.0.1 → 10.0.0.2 ttl 64 DF 60 B │ TCP 1024 → 80 SYN',
    ],
    [
      'shows the tag of a frame',
      undefined,
      [{ type: 'ethernet', src: 'a', dst: 'b', vlan: 1101 }],
      ' Ethernet a → b VLAN 1101',
    ],
    [
      'shows IPv6, ICMP, ESP and VXLAN',
      undefined,
      [
        { ...v4, type: 'ipv6', src: '2001:db8::1', dst: '2001:db8::2', df: true, protocol: 50 },
        { type: 'esp', spi: 7, overhead: 34 },
        { type: 'vxlan', vni: 6002 },
        { type: 'icmp', message: 'echo-request', id: 3 },
      ],
      ' IPv6 2001:db8::1 → 2001:db8::2 ttl 64 60 B │ ESP spi 7 │ VXLAN 6002 │ ICMP echo-request id 3',
    ],
  ])('%s', (_title, before, packet, shown) => {
    expect(renderStack(packet, before, ' ', { ...plain, width: 200 })).toEqual([shown]);
  });

  it('paints the words that changed, also where source and destination are swapped', () => {
    const swapped = { ...v4, src: v4.dst, dst: v4.src };
    const [line = ''] = renderStack([swapped], [v4], '', colored);
    const { bold, yellow, dim } = colored.colors;
    expect(line).toContain(bold(yellow('10.0.0.2')));
    expect(line).toContain(bold(yellow('10.0.0.1')));
    expect(line).toContain(dim('ttl 64'));
  });

  it('takes a header of another type in the same place for a new one', () => {
    expect(headerChanges([v4, tcp], [v4, { type: 'vxlan', vni: 1 }])).toEqual(['same', 'new']);
  });

  it('breaks between headers where the line is full', () => {
    const lines = renderStack([tunnel, v4, tcp], undefined, '  ', { ...plain, width: 63 });
    expect(lines).toEqual([
      '  IPv4 192.0.2.1 → 192.0.2.2 ttl 64 DF ip-in-ip 80 B',
      '  IPv4 10.0.0.1 → 10.0.0.2 ttl 64 DF 60 B │ TCP 1024 → 80 SYN',
    ]);
  });
});

describe('lines', () => {
  it('breaks a text at spaces, and never inside a word', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('unbreakable', 4)).toEqual(['unbreakable']);
  });
  it('aligns the columns of a table', () => {
    const columns = [
      { title: 'A', cells: ['long', 'x'] },
      { title: 'B', cells: ['1', '22'] },
    ];
    expect(table(columns, (text) => text)).toEqual(['A     B', 'long  1', 'x     22']);
  });
});

describe('names that are near', () => {
  const flows = ['internet-to-web', 'web-to-db', 'enterprise-to-vm'];
  it.each([
    ['internet-to-wbe', ['internet-to-web']],
    ['Web-To-DB', ['web-to-db']],
    ['enterprise', ['enterprise-to-vm']],
    ['something-else', []],
    ['', []],
  ])('%j → %j', (text, expected) => {
    expect(nearest(text, flows)).toEqual(expected);
  });
});

describe('colour', () => {
  const terminal = { isTTY: true };
  it.each([
    ['a terminal', terminal, {}, true],
    ['a pipe', {}, {}, false],
    ['a terminal with NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
    ['a pipe with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, true],
    ['a terminal with FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
    ['a pipe with both', {}, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, false],
  ])('%s', (_title, stream, env, expected) => {
    expect(wantsColor(stream, env)).toBe(expected);
  });
  it('wraps to the terminal, within reason', () => {
    expect(terminalOf({ isTTY: true, columns: 90 }, {}).width).toBe(90);
    expect(terminalOf({ isTTY: true, columns: 300 }, {}).width).toBe(140);
    expect(terminalOf({}, {}).width).toBe(100);
  });
});

describe('findings', () => {
  const design = network()
    .segment('lan', '10.0.1.0/24')
    .host('a', '10.0.1.9/24', { name: 'Web' })
    .host('b', '10.0.1.9/24')
    .build();

  it('name their places in words, each of those that clash, and by path behind', () => {
    expect(renderFindings(checkDesign(design), plain).split('\n')).toEqual([
      '✘ error    duplicate-address  b › interface eth0 › address 10.0.1.9/24  node:b interfaces[0].addresses[0]',
      '    10.0.1.9 is on Web eth0 and b eth0, all on segment lan; an address belongs to one owner',
      '    also at Web › interface eth0 › address 10.0.1.9/24',
      '',
      '1 error, 0 warnings',
    ]);
  });
});
