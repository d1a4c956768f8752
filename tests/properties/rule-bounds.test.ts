import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FirewallRule } from '../../src-main/model/design.ts';
import { ip, ipFromBigInt, type IpFamily } from '../../src-main/model/ip.ts';
import {
  compileAddresses,
  compileServices,
  matchesAddress,
  matchesServices,
} from '../../src-main/sim/compile/matches.ts';
import { boundRules, mayMatch } from '../../src-main/sim/compile/rule-bounds.ts';
import { ipProtocolNumber } from '../../src-main/sim/vocabulary/index.ts';
import { firewallRules } from './arbitrary-rules.ts';

const addresses = ['10.0.0.0/8', '10.1.0.0/24', '10.1.0.7', '0.0.0.0/0', '203.0.113.0-203.0.113.9'];
const addresses6 = ['fd00::/16', 'fd00:1::/64', 'fd00:1::7', '::/0', '2001:db8::1-2001:db8:1::'];

const someAddress = fc.constantFrom<IpFamily>(4, 6).chain((family) =>
  fc.oneof(
    fc
      .constantFrom(...(family === 4 ? ['10.1.0.7', '10.1.0.255'] : ['fd00:1::7', 'fd00::']))
      .map(ip),
    fc
      .bigInt({ min: 0n, max: (1n << BigInt(family === 4 ? 32 : 128)) - 1n })
      .map((value) => ipFromBigInt(family, value)),
  ),
);

it('rules that the bounds rule out do not match, for any packet of either family', () => {
  let ruledOut = 0;
  const rules = firewallRules([...addresses, ...addresses6], ['e0']);
  const protocols = fc.constantFrom(
    ipProtocolNumber.tcp,
    ipProtocolNumber.udp,
    ipProtocolNumber.icmp,
  );
  const ports = fc.constantFrom(0, 53, 80, 443, 499, 65535);
  fc.assert(
    fc.property(
      rules,
      someAddress,
      someAddress,
      protocols,
      ports,
      (list, src, dst, protocol, port) => {
        fc.pre(src.family === dst.family);
        const compiled = list.map((rule: FirewallRule) => ({
          sources: compileAddresses(rule.sources),
          destinations: compileAddresses(rule.destinations),
          services: compileServices(rule.services),
        }));
        const bounds = boundRules(compiled);
        for (const [index, rule] of compiled.entries()) {
          if (mayMatch(bounds, index, src, dst, port)) continue;
          ruledOut += 1;
          const matches =
            matchesAddress(rule.sources, src) &&
            matchesAddress(rule.destinations, dst) &&
            matchesServices(rule.services, protocol, port);
          expect(matches).toBe(false);
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(ruledOut).toBeGreaterThan(500);
});
