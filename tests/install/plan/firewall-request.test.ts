import { expect, test } from 'vitest';
import type { FirewallRequestRow } from '../../../src-main/install/index.ts';
import { firewallRequestCsv } from '../../../src-main/install/plan/index.ts';

const row = (more: Partial<FirewallRequestRow> = {}): FirewallRequestRow => ({
  sources: ['worker-1'],
  sourceAddresses: ['192.168.20.61'],
  host: 'registry-1.docker.io',
  protocol: 'tcp',
  port: 443,
  purposes: ['images'],
  ...more,
});

test('the table has a heading, and every cell quoted', () => {
  expect(
    firewallRequestCsv([
      row({ purposes: ['a "b", c\nd', 'charts'] }),
      row({ sources: ['worker-1', 'worker-2'], protocol: 'udp', address: '::1' }),
    ]),
  ).toBe(
    '"Source","Source address","Destination","Destination address","Protocol","Port","Purpose"\r\n' +
      '"worker-1","192.168.20.61","registry-1.docker.io","","tcp","443","a ""b"", c\nd; charts"\r\n' +
      '"worker-1; worker-2","192.168.20.61","registry-1.docker.io","::1","udp","443","images"\r\n',
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
  const [, line = ''] = firewallRequestCsv([row({ purposes: [purpose] })]).split('\r\n"worker-1"');
  expect(line).toContain(`,"'${purpose.replaceAll('"', '""')}"`);
});

test('what is no formula stays as it is', () => {
  const text = firewallRequestCsv([row({ purposes: ['images - 2 nodes'] })]);
  expect(text).toContain('"images - 2 nodes"');
});
