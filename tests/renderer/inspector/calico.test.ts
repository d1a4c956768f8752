import { describe, expect, test } from 'vitest';
import {
  calicoPorts,
  calicoProtocol,
  calicoRuleWords,
  decimalNumber,
  icmpMatch,
} from '../../../src-renderer/state/inspector-calico.ts';
import type { CalicoRule } from '../../../src-renderer/state/inspector-types.ts';

describe('a text as it is typed becomes a value of a Calico policy', () => {
  test.each<[name: string, read: unknown, value: unknown]>([
    ['a protocol', calicoProtocol.read('tcp'), 'TCP'],
    ['a protocol in mixed letters', calicoProtocol.read('icmpV6'), 'ICMPv6'],
    ['a protocol by its number', calicoProtocol.read('47'), 47],
    ['every protocol', calicoProtocol.read('any'), undefined],
    ['no protocol', calicoProtocol.read(' '), undefined],
    // What makes no sense is left for the validators to refuse.
    ['what is no protocol', calicoProtocol.read('tpc'), 'tpc'],
    ['ports', calicoPorts.read('80, 443'), [80, 443]],
    ['port 0', calicoPorts.read('0'), [0]],
    ['a range', calicoPorts.read('30000:32767'), ['30000:32767']],
    ['a range with a dash', calicoPorts.read('30000 - 32767'), ['30000:32767']],
    ['a range with blanks', calicoPorts.read('1 : 5, 9'), ['1:5', 9]],
    ['a name with dashes', calicoPorts.read('http-alt, 8080-tcp'), ['http-alt', '8080-tcp']],
    ['every port', calicoPorts.read(''), undefined],
    ['an ICMP type', icmpMatch.read('8'), { type: 8 }],
    ['an ICMP type and code', icmpMatch.read('3 / 4'), { type: 3, code: 4 }],
    ['a code without a type', icmpMatch.read('/4'), { code: 4 }],
    ['what is no ICMP type', icmpMatch.read('echo'), { type: 'echo' }],
    ['every ICMP type', icmpMatch.read(''), undefined],
    ['an order', decimalNumber.read('10.5'), 10.5],
    ['a negative order', decimalNumber.read('-100'), -100],
    ['no order', decimalNumber.read(''), undefined],
    ['what is no order', decimalNumber.read('1e3x'), '1e3x'],
  ])('%s', (_name, read, value) => {
    expect(read).toEqual(value);
  });
});

describe('a value is written so that reading it gives it back', () => {
  test.each([
    [calicoProtocol, 'UDPLite'],
    [calicoProtocol, 132],
    [calicoPorts, [0, 80, '30000:32767', 'http-alt']],
    [icmpMatch, { type: 0 }],
    [icmpMatch, { type: 3, code: 0 }],
    [decimalNumber, 0],
    [decimalNumber, -2.25],
  ] as const)('%#', (format, value) => {
    expect(format.read(format.write(value as never))).toEqual(value);
  });
});

describe('a rule in a line', () => {
  test.each<[rule: CalicoRule, said: readonly [traffic: string, from: string, to: string]]>([
    [{ action: 'Deny' }, ['', '', '']],
    [
      {
        action: 'Allow',
        protocol: 'TCP',
        ipVersion: 4,
        source: { nets: ['10.0.0.0/8'], notNets: ['10.1.0.0/16'], ports: ['1024:65535'] },
        destination: { namespaceSelector: "team == 'a'", selector: 'has(db)', ports: [5432] },
      },
      ['TCP 5432 IPv4', '10.0.0.0/8, !10.1.0.0/16 :1024:65535', "team == 'a' / has(db)"],
    ],
    [
      {
        action: 'Log',
        notProtocol: 17,
        notICMP: { type: 8 },
        source: { notSelector: 'all()' },
        destination: { notPorts: [22] },
      },
      ['!17 !ICMP 8', '!(all())', '!:22'],
    ],
    [{ action: 'Pass', protocol: 'ICMP', icmp: { type: 3, code: 4 } }, ['ICMP 3/4', '', '']],
  ])('%#', (rule, [traffic, from, to]) => {
    expect(calicoRuleWords(rule)).toEqual({ traffic, from, to });
  });
});
