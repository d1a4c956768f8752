import { expect, test } from 'vitest';
import { blockedText, type BlockedBecause } from '../../src-main/explain/index.ts';
import { reasonText, warningText } from '../../src-main/sim/index.ts';

test('what is in the way is told as the trace tells it, a black hole as its warning', () => {
  const denied = {
    code: 'no-listener',
    detail: { device: 'esg', service: 'tcp 443' },
  } as const satisfies BlockedBecause;
  const blackHole = {
    code: 'mtu-black-hole',
    detail: {
      sender: 'vm',
      sentBytes: 1500,
      device: 'esxi-01',
      interface: 'vtep',
      segment: 'underlay',
      lengthBytes: 1550,
      mtuBytes: 1500,
    },
  } as const satisfies BlockedBecause;
  for (const language of ['en', 'ko'] as const) {
    expect(blockedText(denied, language)).toBe(reasonText(denied, language));
    expect(blockedText(blackHole, language)).toBe(warningText(blackHole, language));
  }
  expect(blockedText(denied)).toBe('nothing on esg listens on tcp 443');
});
