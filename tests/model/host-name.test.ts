import { describe, expect, it } from 'vitest';
import { externalName, hostName } from '../../src-main/model/schema/scalars.ts';

describe('a host name', () => {
  it.each(['shop.example.com', 'shop.example.com.', 'db-1', '10.in-addr.arpa', 'a.b1', 'a.0xyz'])(
    'may be %s',
    (name) => {
      expect(hostName.safeParse(name).success).toBe(true);
    },
  );

  // https://url.spec.whatwg.org/#ends-in-a-number-checker; RFC 1123 §2.1: the last label is alphabetic.
  it.each(['300.1.1.1', '10.0.0.1', '10.0.0.1.', '1.2.3', '7', 'shop.80', '10.0.0.0x1', 'a.0X'])(
    'does not end in a number, as %s does',
    (name) => {
      expect(hostName.safeParse(name).success).toBe(false);
    },
  );

  it('may end so where Kubernetes has it as an external name', () => {
    expect(externalName.safeParse('192.0.2.1').success).toBe(true);
    expect(externalName.safeParse('not a name').success).toBe(false);
  });
});
