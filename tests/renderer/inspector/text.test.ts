import { describe, expect, test } from 'vitest';
import {
  addressMatch,
  byteSize,
  keyValueLines,
  labelMap,
  labelSelector,
  longText,
  matchList,
  numberRange,
  plainText,
  policyPorts,
  portList,
  serviceList,
  singleServices,
  tagList,
  textList,
  wholeNumber,
} from '../../../src-renderer/state/inspector-text.ts';

describe('a text as it is typed becomes a value', () => {
  test.each<[typed: string, value: unknown]>([
    ['tcp 443', [{ protocol: 'tcp', ports: [443] }]],
    [
      'tcp 443, udp 53, icmp',
      [{ protocol: 'tcp', ports: [443] }, { protocol: 'udp', ports: [53] }, { protocol: 'icmp' }],
    ],
    // A port belongs to the protocol before it.
    ['tcp 80, 443 8000-8100', [{ protocol: 'tcp', ports: [80, 443, '8000-8100'] }]],
    ['tcp/443', [{ protocol: 'tcp', ports: [443] }]],
    ['443/tcp', [{ protocol: 'tcp', ports: [443] }]],
    ['TCP 443', [{ protocol: 'tcp', ports: [443] }]],
    [
      'https, dns',
      [
        { protocol: 'tcp', ports: [443] },
        { protocol: 'udp', ports: [53] },
      ],
    ],
    ['tcp 8000 - 8100', [{ protocol: 'tcp', ports: ['8000-8100'] }]],
    ['tcp', [{ protocol: 'tcp' }]],
    ['any', undefined],
    ['', undefined],
    // What makes no sense is left for the validators to refuse.
    ['443', [{ protocol: '443' }]],
    ['tpc 443', [{ protocol: 'tpc', ports: [443] }]],
    ['constructor', [{ protocol: 'constructor' }]],
  ])('services: %s', (typed, value) => {
    expect(serviceList.read(typed)).toEqual(value);
  });

  test.each<[typed: string, value: unknown]>([
    ['10.0.0.1, 10.0.0.2', ['10.0.0.1', '10.0.0.2']],
    ['10.0.0.1\n10.0.0.2;10.0.0.3', ['10.0.0.1', '10.0.0.2', '10.0.0.3']],
    ['10.0.0.5 - 10.0.0.9', ['10.0.0.5-10.0.0.9']],
    ['Any', undefined],
    ['10.0.0.0/8, any', undefined],
    ['', undefined],
    ['nonsense', ['nonsense']],
  ])('matches of a rule: %s', (typed, value) => {
    expect(matchList.read(typed)).toEqual(value);
  });

  test.each<[typed: string, value: unknown]>([
    ['app=web', { matchLabels: { app: 'web' } }],
    ['app==web, tier=db', { matchLabels: { app: 'web', tier: 'db' } }],
    [
      'tier in (web, api)',
      { matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'api'] }] },
    ],
    [
      'tier notin (web)',
      { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] },
    ],
    ['env!=test', { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['test'] }] }],
    [
      'team, !legacy',
      {
        matchExpressions: [
          { key: 'team', operator: 'Exists' },
          { key: 'legacy', operator: 'DoesNotExist' },
        ],
      },
    ],
    ['', {}],
  ])('a selector, as kubectl takes it: %s', (typed, value) => {
    expect(labelSelector.read(typed)).toEqual(value);
  });

  test.each<[typed: string, value: unknown]>([
    ['80, 8000-8100, http', [{ port: 80 }, { port: 8000, endPort: 8100 }, { port: 'http' }]],
    ['UDP 53, TCP 80', [{ protocol: 'UDP', port: 53 }, { port: 80 }]],
    ['SCTP', [{ protocol: 'SCTP' }]],
    ['udp/53', [{ protocol: 'UDP', port: 53 }]],
    ['', undefined],
  ])('ports of a network policy: %s', (typed, value) => {
    expect(policyPorts.read(typed)).toEqual(value);
  });

  test.each<[name: string, read: unknown, value: unknown]>([
    ['bytes', byteSize.read('1 500'), 1500],
    ['bytes by a power of 1024', byteSize.read('1.5 MiB'), 1_572_864],
    ['bytes by a power of 1000', byteSize.read('4.7GB'), 4_700_000_000],
    ['bytes by a letter', byteSize.read('2g'), 2_147_483_648],
    ['no bytes', byteSize.read(' '), undefined],
    ['bytes of no known unit', byteSize.read('3 boxes'), '3 boxes'],
    ['a number', wholeNumber.read('1500'), 1500],
    ['a number with separators', wholeNumber.read('9,000'), 9000],
    ['no number', wholeNumber.read(' '), undefined],
    ['what is no number', wholeNumber.read('jumbo'), 'jumbo'],
    ['a negative number', wholeNumber.read('-1'), '-1'],
    ['ports', portList.read('80, 443, 8000-8100'), [80, 443, '8000-8100']],
    ['every port', portList.read('any'), undefined],
    ['labels', labelMap.read('app=web, tier: db'), { app: 'web', tier: 'db' }],
    ['a label without value', labelMap.read('app'), { app: '' }],
    [
      'tags with spaces, once each',
      tagList.read('needs review, prod, prod'),
      ['needs review', 'prod'],
    ],
    ['a range', numberRange.read('5000-5999'), { from: 5000, to: 5999 }],
    ['one number as a range', numberRange.read('5000'), { from: 5000, to: 5000 }],
    ['half a range', numberRange.read('5000-'), { from: 5000, to: '' }],
    ['one match', addressMatch.read(' ANY '), 'any'],
    ['two where one is meant', addressMatch.read('10.0.0.1, 10.0.0.2'), '10.0.0.1, 10.0.0.2'],
    ['a list', textList.read('a b,c'), ['a', 'b', 'c']],
    ['an empty text', plainText.read('  '), undefined],
    ['notes with their lines', longText.read('one\n  two\n\n'), 'one\n  two'],
    [
      'services of a matrix',
      singleServices.read('tcp 80, 443, icmp'),
      [{ protocol: 'tcp', port: 80 }, { protocol: 'tcp', port: 443 }, { protocol: 'icmp' }],
    ],
  ])('%s', (_name, read, value) => {
    expect(read).toEqual(value);
  });
});

describe('a value is written so that reading it gives it back', () => {
  test.each([
    [serviceList, [{ protocol: 'tcp', ports: [443, '8000-8100'] }, { protocol: 'icmp' }]],
    [serviceList, [{ protocol: 'tcp' }, { protocol: 'udp', ports: [53] }]],
    [serviceList, undefined],
    [matchList, ['10.0.0.0/8', '10.0.0.5-10.0.0.9', '2001:db8::/64']],
    [matchList, undefined],
    [
      labelSelector,
      {
        matchLabels: { app: 'web' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['a', 'b'] },
          { key: 'old', operator: 'DoesNotExist' },
          { key: 'team', operator: 'Exists' },
          { key: 'env', operator: 'NotIn', values: ['x'] },
        ],
      },
    ],
    [labelSelector, {}],
    [policyPorts, [{ port: 80 }, { protocol: 'UDP', port: 53, endPort: 60 }, { port: 'http' }]],
    [policyPorts, [{ protocol: 'SCTP' }]],
    [labelMap, { app: 'web', 'app.kubernetes.io/name': 'shop' }],
    [numberRange, { from: 30000, to: 32767 }],
    [singleServices, [{ protocol: 'tcp', port: 443 }, { protocol: 'icmp' }]],
    [portList, [80, '8000-8100']],
    [textList, ['192.168.20.61/24', '2001:db8::61/64']],
  ] as const)('%#', (format, value) => {
    expect(format.read(format.write(value as never))).toEqual(value);
  });
});

describe('values that a client has been told, one a line', () => {
  test.each<[typed: string, value: unknown]>([
    ['A=1\nB=2', { A: '1', B: '2' }],
    // The value may hold what parts lists elsewhere.
    ['NO_PROXY=10.0.0.0/8,.svc, a=b', { NO_PROXY: '10.0.0.0/8,.svc, a=b' }],
    ['  A = 1 \n\n', { A: '1' }],
    // For the validators to refuse, or to take as empty.
    ['A', { A: '' }],
    ['=1', { '': '1' }],
    ['', {}],
  ])('%j', (typed, value) => {
    expect(keyValueLines.read(typed)).toEqual(value);
  });

  test('come back as they were', () => {
    const values = { HTTPS_PROXY: 'http://10.2.0.30:3128', NO_PROXY: '', X: 'a=b=c' };
    expect(keyValueLines.read(keyValueLines.write(values))).toEqual(values);
  });
});

test.each<[bytes: number, written: string]>([
  [0, '0'],
  [1500, '1.5 kB'],
  [1501, '1501'],
  [1_572_864, '1.5 MiB'],
  [64_000_000_000, '64 GB'],
  [2_147_483_648, '2 GiB'],
])('%d bytes are written %s, and read as they were', (bytes, written) => {
  expect(byteSize.write(bytes)).toBe(written);
  expect(byteSize.read(written)).toBe(bytes);
});
