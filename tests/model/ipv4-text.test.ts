import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, it } from 'vitest';
import { parseIp } from '../../src-main/model/ip.ts';

/** Numbers of every kind, and what is nearly one. */
const part = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 300 }).map(String) },
  fc.constantFrom('', '00', '01', '0x1', '-1', '+1', ' 1', '1 ', '1e1', '256', '1000', '٣'),
);
const text = fc.oneof(
  { weight: 5, arbitrary: fc.array(part, { minLength: 4, maxLength: 4 }) },
  fc.array(part, { minLength: 1, maxLength: 6 }),
);

it('IPv4 addresses are four decimal numbers without leading zeros, and nothing else is', () => {
  fc.assert(
    fc.property(text, (parts) => {
      const written = parts.join('.');
      const isOne = ipaddr.IPv4.isValidFourPartDecimal(written);
      const read = parseIp(written);
      expect(read?.text).toBe(isOne ? ipaddr.IPv4.parse(written).toString() : undefined);
    }),
    { numRuns: 2000 },
  );
});
