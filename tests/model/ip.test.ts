import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import {
  anyAddress,
  compareIp,
  familyBits,
  hostPrefix,
  interfaceAddress,
  ip,
  ipFromBigInt,
  ipPlus,
  ipToBigInt,
  isMac,
  lastAddress,
  parseAddressMatch,
  parseInterfaceAddress,
  parseIp,
  parsePrefix,
  prefix,
  prefixContains,
  prefixCovers,
  prefixesOverlap,
  prefixOf,
  prefixRange,
  rangeContains,
  sameIp,
  type IpFamily,
} from '../../src-main/model/ip.ts';

const familyOf = fc.constantFrom<IpFamily>(4, 6);
const bitsOf = (family: IpFamily) => BigInt(familyBits(family));

/** Any address of a family; near the ends and with runs of zeros and ones more often than chance would have it. */
const valueOf = (family: IpFamily) => {
  const last = (1n << bitsOf(family)) - 1n;
  return fc.oneof(
    fc.bigInt({ min: 0n, max: last }),
    fc.constantFrom(0n, 1n, last - 1n, last),
    fc
      .tuple(fc.integer({ min: 0, max: familyBits(family) }), fc.bigInt({ min: 0n, max: 3n }))
      .map(([shift, low]) => ((last << BigInt(shift)) & last) | (low & last)),
  );
};
const address = familyOf.chain((family) =>
  valueOf(family).map((value) => ipFromBigInt(family, value)),
);
const addressAndLength = address.chain((one) =>
  fc.integer({ min: 0, max: familyBits(one.family) }).map((length) => ({ one, length })),
);
/** Two addresses of one family that share a prefix of any length. */
const neighbours = addressAndLength.chain(({ one, length }) =>
  valueOf(one.family).map((value) => {
    const hostBits = bitsOf(one.family) - BigInt(length);
    const other = ((ipToBigInt(one) >> hostBits) << hostBits) | (value & ((1n << hostBits) - 1n));
    return { one, length, other: ipFromBigInt(one.family, other) };
  }),
);

describe('addresses', () => {
  // Text in, canonical text out: RFC 5952 for IPv6.
  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['192.168.20.10', '192.168.20.10'],
    ['255.255.255.255', '255.255.255.255'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:0:0:0:10', '2001:db8::10'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8::0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['fe80:0000:0000:0000:0000:0000:0000:0001', 'fe80::1'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ])('reads %s as %s', (text, canonical) => {
    expect(parseIp(text)?.text).toBe(canonical);
    expect(ip(canonical).text).toBe(canonical);
  });

  // Each is read by some other tool, as something else than its writer meant.
  it.each([
    '',
    ' ',
    '10',
    '10.0',
    '10.0.0',
    '10.0.0.0.0',
    '10.0.0.256',
    '10.0.0.-1',
    '010.0.0.1',
    '10.0.0.08',
    '0x0a.0.0.1',
    '167772161',
    '10.0.0.1 ',
    ' 10.0.0.1',
    '10.0.0.1/24',
    '1O.0.0.1',
    '１０.0.0.1',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    '::g',
    'fe80::1%eth0',
    '[::1]',
    '::1/64',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3',
    'localhost',
    'any',
  ])('does not read %j', (text) => {
    expect(parseIp(text)).toBeUndefined();
    expect(() => ip(text)).toThrow(`not an IP address: ${text}`);
  });

  it('give the same text and numbers as ipaddr.js', () => {
    fc.assert(
      fc.property(address, (one) => {
        const theirs = ipaddr.parse(one.text);
        expect(theirs.kind()).toBe(one.family === 4 ? 'ipv4' : 'ipv6');
        const bytes = theirs.toByteArray().map((byte) => BigInt(byte));
        expect(bytes.reduce((value, byte) => (value << 8n) | byte, 0n)).toBe(ipToBigInt(one));
        const text = theirs instanceof ipaddr.IPv6 ? theirs.toRFC5952String() : theirs.toString();
        expect(text).toBe(one.text);
      }),
    );
  });

  it('survive the way through text, numbers and words', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(parseIp(one.text)).toEqual(one);
        expect(ipFromBigInt(one.family, ipToBigInt(one))).toEqual(one);
        expect(sameIp(ip(one.text), one)).toBe(true);
        for (const word of [one.w0, one.w1, one.w2, one.w3]) {
          expect(word).toBe(word >>> 0);
        }
      }),
    );
  });

  it('are ordered as numbers within a family, IPv4 first', () => {
    fc.assert(
      fc.property(address, address, (a, b) => {
        const byNumber =
          Number(ipToBigInt(a) > ipToBigInt(b)) - Number(ipToBigInt(a) < ipToBigInt(b));
        const expected = a.family === b.family ? byNumber : a.family - b.family;
        expect(Math.sign(compareIp(a, b))).toBe(Math.sign(expected));
        expect(sameIp(a, b)).toBe(compareIp(a, b) === 0);
      }),
    );
  });

  it('of two families are never the same, however alike their numbers', () => {
    expect(sameIp(ip('0.0.0.1'), ipFromBigInt(6, 1n << 96n))).toBe(false);
    expect(sameIp(ip('0.0.0.0'), ip('::'))).toBe(false);
  });

  it('can be counted on from', () => {
    expect(ipPlus(ip('10.0.0.255'), 1n).text).toBe('10.0.1.0');
    expect(ipPlus(ip('2001:db8::ffff:ffff'), 1n).text).toBe('2001:db8::1:0:0');
    expect(ipPlus(ip('2001:db8:0:1::'), -1n).text).toBe('2001:db8::ffff:ffff:ffff:ffff');
  });
});

describe('prefixes', () => {
  it.each([
    '0.0.0.0/0',
    '10.0.0.0/8',
    '203.0.113.40/29',
    '10.0.0.1/32',
    '::/0',
    '2001:db8::/32',
    '2001:db8::1/128',
    'fe80::/10',
  ])('reads %s', (text) => {
    expect(parsePrefix(text)?.text).toBe(text);
    expect(prefix(text).text).toBe(text);
  });

  it.each([
    '10.0.0.1/8',
    '2001:db8::1/64',
    '203.0.113.41/29',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/+8',
    '10.0.0.0/8 ',
    '10.0.0.0/ 8',
    '10.0.0.0/8/8',
    '10.0.0.0/255.0.0.0',
    '10/8',
    '/8',
    'any',
  ])('does not read %j', (text) => {
    expect(parsePrefix(text)).toBeUndefined();
    expect(() => prefix(text)).toThrow(`not a network prefix: ${text}`);
  });

  it('hold an address exactly when the leading bits are the same', () => {
    fc.assert(
      fc.property(neighbours, address, ({ one, length, other }, stranger) => {
        const network = prefixOf(one, length);
        const shift = bitsOf(one.family) - BigInt(length);
        const inside = (candidate: typeof one) =>
          candidate.family === one.family &&
          ipToBigInt(candidate) >> shift === ipToBigInt(one) >> shift;
        expect(prefixContains(network, one)).toBe(true);
        expect(prefixContains(network, other)).toBe(true);
        expect(prefixContains(network, stranger)).toBe(inside(stranger));
      }),
    );
  });

  it('agree with ipaddr.js on what they hold', () => {
    fc.assert(
      fc.property(neighbours, address, ({ one, length, other }, stranger) => {
        const network = prefixOf(one, length);
        for (const candidate of [other, stranger]) {
          const theirs = ipaddr.parse(candidate.text);
          const expected =
            candidate.family === one.family && theirs.match(ipaddr.parseCIDR(network.text));
          expect(prefixContains(network, candidate)).toBe(expected);
        }
      }),
    );
  });

  it('have all host bits zero, and end where they are all one', () => {
    fc.assert(
      fc.property(addressAndLength, ({ one, length }) => {
        const network = prefixOf(one, length);
        const size = 1n << (bitsOf(one.family) - BigInt(length));
        expect(ipToBigInt(network.network) % size).toBe(0n);
        expect(ipToBigInt(lastAddress(network))).toBe(ipToBigInt(network.network) + size - 1n);
        expect(parsePrefix(network.text)).toEqual(network);
        expect(prefixOf(network.network, length)).toEqual(network);
        const isNetwork = sameIp(one, network.network);
        expect(parsePrefix(`${one.text}/${length}`) !== undefined).toBe(isNetwork);
      }),
    );
  });

  it('cover each other exactly when both ends lie within, and overlap when one covers the other', () => {
    fc.assert(
      fc.property(neighbours, fc.nat(128), ({ one, length, other }, more) => {
        const a = prefixOf(one, length);
        const b = prefixOf(other, more % (familyBits(other.family) + 1));
        const covers = (outer: typeof a, inner: typeof a) =>
          prefixContains(outer, inner.network) && prefixContains(outer, lastAddress(inner));
        expect(prefixCovers(a, b)).toBe(covers(a, b));
        expect(prefixesOverlap(a, b)).toBe(covers(a, b) || covers(b, a));
        expect(prefixesOverlap(b, a)).toBe(prefixesOverlap(a, b));
      }),
    );
  });

  it('of one address hold that address only', () => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        expect(prefixContains(hostPrefix(one), other)).toBe(sameIp(one, other));
        expect(prefixContains(hostPrefix(one), one)).toBe(true);
      }),
    );
  });
});

describe('interface addresses', () => {
  it.each([
    ['192.168.20.61/24', '192.168.20.61', '192.168.20.0/24'],
    ['10.0.0.0/8', '10.0.0.0', '10.0.0.0/8'],
    ['172.31.255.1/30', '172.31.255.1', '172.31.255.0/30'],
    ['10.0.0.1/32', '10.0.0.1', '10.0.0.1/32'],
    ['2001:DB8::61/64', '2001:db8::61', '2001:db8::/64'],
    ['::1/128', '::1', '::1/128'],
  ])('%s is %s in %s', (text, own, network) => {
    const parsed = interfaceAddress(text);
    expect(parsed.ip.text).toBe(own);
    expect(parsed.prefix.text).toBe(network);
  });

  it.each(['10.0.0.1', '10.0.0.1/', '10.0.0.1/33', '2001:db8::1/129', '10.0.0.1/24/24', ''])(
    'does not read %j',
    (text) => {
      expect(parseInterfaceAddress(text)).toBeUndefined();
      expect(() => interfaceAddress(text)).toThrow(`not an interface address: ${text}`);
    },
  );
});

describe('what a rule may name', () => {
  // text → ranges
  it.each([
    ['10.0.0.5', [['10.0.0.5', '10.0.0.5']]],
    ['10.0.0.0/30', [['10.0.0.0', '10.0.0.3']]],
    ['0.0.0.0/0', [['0.0.0.0', '255.255.255.255']]],
    ['10.0.0.5-10.0.0.9', [['10.0.0.5', '10.0.0.9']]],
    ['10.0.0.5 - 10.0.0.9', [['10.0.0.5', '10.0.0.9']]],
    ['10.0.0.5-10.0.0.5', [['10.0.0.5', '10.0.0.5']]],
    ['2001:db8::5-2001:db8::ff', [['2001:db8::5', '2001:db8::ff']]],
    ['2001:db8::/126', [['2001:db8::', '2001:db8::3']]],
    [
      'any',
      [
        ['0.0.0.0', '255.255.255.255'],
        ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
      ],
    ],
  ])('%s', (text, ranges) => {
    expect(parseAddressMatch(text)?.map(({ from, to }) => [from.text, to.text])).toEqual(ranges);
  });

  it.each([
    '',
    'ANY',
    'any ',
    '10.0.0.9-10.0.0.5',
    '10.0.0.5-2001:db8::5',
    '10.0.0.1/24',
    '10.0.0.5-',
    '-10.0.0.5',
    '10.0.0.1-10.0.0.2-10.0.0.3',
    '10.0.0.0/24-10.0.1.0/24',
    '10.0.0.1,10.0.0.2',
  ])('not %j', (text) => {
    expect(parseAddressMatch(text)).toBeUndefined();
  });

  it('holds an address exactly when the address lies between the ends, and only of its family', () => {
    fc.assert(
      fc.property(neighbours, address, ({ one, other }, stranger) => {
        const [from, to] = compareIp(one, other) <= 0 ? [one, other] : [other, one];
        const [range] = parseAddressMatch(`${from.text}-${to.text}`) ?? [];
        if (!range) throw new Error('a range in order is read');
        const value = ipToBigInt(stranger);
        const inside =
          stranger.family === from.family && ipToBigInt(from) <= value && value <= ipToBigInt(to);
        expect(rangeContains(range, from)).toBe(true);
        expect(rangeContains(range, to)).toBe(true);
        expect(rangeContains(range, stranger)).toBe(inside);
      }),
    );
  });

  it('a prefix and its range hold the same addresses', () => {
    fc.assert(
      fc.property(neighbours, address, ({ one, length, other }, stranger) => {
        const network = prefixOf(one, length);
        for (const candidate of [one, other, stranger]) {
          const held = rangeContains(prefixRange(network), candidate);
          expect(held).toBe(prefixContains(network, candidate));
        }
      }),
    );
  });

  it('any holds every address of both families', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(anyAddress.filter((range) => rangeContains(range, one))).toHaveLength(1);
      }),
    );
  });
});

describe('MAC addresses', () => {
  it.each([
    ['00:50:56:01:02:03', true],
    ['aA:Bb:cc:DD:ee:ff', true],
    ['00-50-56-01-02-03', false],
    ['0050.5601.0203', false],
    ['00:50:56:01:02', false],
    ['00:50:56:01:02:03:04', false],
    ['00:50:56:01:02:0g', false],
    [' 00:50:56:01:02:03', false],
  ])('%j: %s', (text, expected) => {
    expect(isMac(text)).toBe(expected);
  });
});
