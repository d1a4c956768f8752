import { expect, test } from 'vitest';
import {
  firewallRequest,
  firewallRequestCsv,
  type FirewallRow,
} from '../../../src-main/install/plan/index.ts';

const row = (more: Partial<FirewallRow> = {}): FirewallRow => ({
  source: 'worker-1',
  destination: 'registry-1.docker.io',
  protocol: 'tcp',
  port: 443,
  purpose: 'images',
  ...more,
});

test('rows of one way are one row, with all of its sources and purposes', () => {
  const rows = [
    row(),
    row({ source: 'worker-2' }),
    row({ purpose: 'charts' }),
    row({ source: 'worker-2', purpose: 'charts' }),
    row({ destination: 'auth.docker.io' }),
    row({ port: 80 }),
    row({ address: '203.0.113.9' }),
    row(),
  ];
  expect(firewallRequest(rows)).toEqual([
    row({ source: 'worker-1; worker-2', purpose: 'images; charts' }),
    row({ destination: 'auth.docker.io' }),
    row({ port: 80 }),
    row({ address: '203.0.113.9' }),
  ]);
});

test('the table has a heading, and every cell quoted', () => {
  expect(
    firewallRequestCsv([
      row({ purpose: 'a "b", c\nd' }),
      { ...row(), protocol: 'icmp', address: '::1' },
    ]),
  ).toBe(
    '"Source","Destination","Address","Protocol","Port","Purpose"\r\n' +
      '"worker-1","registry-1.docker.io","","tcp","443","a ""b"", c\nd"\r\n' +
      '"worker-1","registry-1.docker.io","::1","icmp","443","images"\r\n',
  );
});

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =HYPERLINK("http://example.com")',
  '\uff1d1',
  '\u200b=1',
  '|calc',
  '%x',
])('no cell is taken for a formula: %j', (purpose) => {
  const [, line = ''] = firewallRequestCsv([row({ purpose })]).split('\r\n"worker-1"');
  expect(line).toContain(`,"'${purpose.replaceAll('"', '""')}"`);
});

test('what is no formula stays as it is', () => {
  const text = firewallRequestCsv([row({ purpose: 'images - 2 nodes' })]);
  expect(text).toContain('"images - 2 nodes"');
});
