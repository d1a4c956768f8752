/** The single values of a design. Every one says in one phrase what it expects; the phrase completes "expected …". */
import { z } from 'zod';
import '../expectation.ts';
import { idPattern } from '../ids.ts';
import { isMac, parseAddressMatch, parseInterfaceAddress, parseIp, parsePrefix } from '../ip.ts';
import { limits } from '../limits.ts';

/**
 * A text that has to satisfy `test`. The JSON Schema gets the format's name and, where given, a pattern that is at
 * most looser than the test: editors warn early, the validator decides.
 */
function text(
  expected: string,
  test: (value: string) => boolean,
  format: string,
  pattern?: RegExp,
) {
  return z
    .string({ error: expected })
    .max(limits.textLength, { error: expected, abort: true })
    .refine((value) => value.isWellFormed() && test(value), { error: expected })
    .meta({
      id: format,
      description: expected,
      'x-format': format,
      ...(pattern && { pattern: pattern.source }),
    });
}

/** Any text of so many UTF-16 code units, if it is Unicode: half a surrogate pair cannot be written to a file. */
export function freeText(min: number, max: number) {
  const length = min === 0 ? `at most ${max}` : min === max ? `${max}` : `${min} to ${max}`;
  const expected = `a text of ${length} characters`;
  return z
    .string({ error: expected })
    .min(min, { error: expected, abort: true })
    .max(max, { error: expected, abort: true })
    .refine((value) => value.isWellFormed(), { error: 'well-formed Unicode text' });
}

/** A whole number. `what` says more of it than "a whole number". */
export function whole(min: number, max: number, what = 'a whole number') {
  const error = `${what} from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export const list = <T extends z.ZodType>(of: T) => z.array(of).max(limits.listLength);

/** A map of texts with keys in alphabetical order. */
export function textMap(key: z.ZodType<string, string>, value: z.ZodType<string, string>) {
  return z.preprocess(
    refuseProtoKey,
    z.record(key, value).overwrite((map) => Object.fromEntries(Object.entries(map).sort(byKey))),
  );
}

/** `__proto__` would get lost without a word when the map is built anew. */
function refuseProtoKey(value: unknown, context: z.RefinementCtx): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')) {
    const input = value as Record<string, unknown>;
    context.addIssue({ code: 'unrecognized_keys', keys: ['__proto__'], input });
  }
  return value;
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

export const id = text(
  'an id: letters, digits, ".", "_" or "-", starting with a letter or digit, at most 63 characters',
  (value) => idPattern.test(value),
  'id',
  idPattern,
);
export const name = freeText(1, limits.nameLength);
export const notes = freeText(0, limits.notesLength);
export const tags = z.array(freeText(1, 63)).max(64);

export const ipAddress = text(
  'an IPv4 or IPv6 address, such as 192.168.20.10 or 2001:db8::10',
  (value) => parseIp(value) !== undefined,
  'ip',
  /^[0-9A-Fa-f.:]+$/,
);
export const ipv4Address = text(
  'an IPv4 address, such as 192.168.20.10',
  (value) => parseIp(value)?.family === 4,
  'ipv4',
  /^[0-9.]+$/,
);
export const ipv6Address = text(
  'an IPv6 address, such as 2001:db8::10',
  (value) => parseIp(value)?.family === 6,
  'ipv6',
  /^[0-9A-Fa-f.:]+$/,
);
export const cidr = text(
  'a network prefix with its host bits zero, such as 192.168.20.0/24 or 2001:db8::/64',
  (value) => parsePrefix(value) !== undefined,
  'cidr',
  /^[0-9A-Fa-f.:]+\/[0-9]{1,3}$/,
);
export const addressWithLength = text(
  'an address with its prefix length, such as 192.168.20.61/24 or 2001:db8::61/64',
  (value) => parseInterfaceAddress(value) !== undefined,
  'interface-address',
  /^[0-9A-Fa-f.:]+\/[0-9]{1,3}$/,
);
export const addressMatch = text(
  '"any", an address, a prefix, or a range from-to, such as 10.0.0.0/8 or 10.0.0.5-10.0.0.9',
  (value) => parseAddressMatch(value) !== undefined,
  'address-match',
  /^any$|^[0-9A-Fa-f.:]+(\/[0-9]{1,3}|\s*-\s*[0-9A-Fa-f.:]+)?$/,
);
/** What a NAT rule writes into a packet: unlike a match, never "any". */
export const addressTarget = text(
  'an address, a prefix, or a range from-to, such as 203.0.113.42 or 10.0.0.5-10.0.0.9',
  (value) => value !== 'any' && parseAddressMatch(value) !== undefined,
  'address-target',
  /^[0-9A-Fa-f.:]+(\/[0-9]{1,3}|\s*-\s*[0-9A-Fa-f.:]+)?$/,
);
export const sourceTarget = text(
  '"interface", an address, a prefix, or a range from-to, such as 203.0.113.42',
  (value) => value === 'interface' || (value !== 'any' && parseAddressMatch(value) !== undefined),
  'source-target',
  /^interface$|^[0-9A-Fa-f.:]+(\/[0-9]{1,3}|\s*-\s*[0-9A-Fa-f.:]+)?$/,
);
export const macAddress = text(
  'a MAC address, such as 00:50:56:01:02:03',
  isMac,
  'mac',
  /^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$/,
);

/** RFC 1123 host name of at most 253 characters, optionally ending in a dot; `_` as DNS-SD and SRV names have it. */
const hostLabels =
  /^(?=.{1,253}\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*\.?$/;
/** The end of a text that is an IPv4 address or none: https://url.spec.whatwg.org/#ends-in-a-number-checker */
const numberAtEnd = /(^|\.)([0-9]+|0[Xx][0-9A-Fa-f]*)\.?$/;
export const endsInNumber = (value: string): boolean => numberAtEnd.test(value);
export const hostName = text(
  'a DNS name, such as shop.example.com',
  (value) => hostLabels.test(value) && !endsInNumber(value),
  'host-name',
  /^[A-Za-z0-9_.-]+$/,
);
/** Kubernetes takes an `externalName` that looks like an address for a DNS name made of digits, which nobody resolves. */
export const externalName = text(
  'a DNS name, such as shop.example.com',
  (value) => hostLabels.test(value),
  'external-name',
  /^[A-Za-z0-9_.-]+$/,
);
export const hostPattern = text(
  'a DNS name or a wildcard such as *.example.com',
  (value) => hostLabels.test(value.replace(/^\*\./, '')),
  'host-pattern',
  /^(\*\.)?[A-Za-z0-9_.-]+$/,
);
export const url = text(
  'an http:// or https:// URL, such as https://shop.example.com/',
  (value) => {
    if (!URL.canParse(value)) return false;
    const { protocol, hostname } = new URL(value);
    return (protocol === 'http:' || protocol === 'https:') && hostname !== '';
  },
  'url',
);

const portExpected = 'a port from 1 to 65535';
export const port = z
  .int({ error: portExpected })
  .min(1, { error: portExpected })
  .max(65535, { error: portExpected })
  .meta({ id: 'port', description: portExpected });

const portMatchExpected = 'a port from 1 to 65535, or a range such as 30000-32767';
/** `443`, or a range `8000-8100`. */
export const portMatch = z.union(
  [
    z
      .int({ error: portMatchExpected })
      .min(1, { error: portMatchExpected })
      .max(65535, { error: portMatchExpected }),
    text(
      portMatchExpected,
      (value) => {
        const match = /^(\d{1,5})-(\d{1,5})$/.exec(value);
        if (!match) return false;
        const [from, to] = [Number(match[1]), Number(match[2])];
        return from >= 1 && from <= to && to <= 65535;
      },
      'port-range',
      /^[0-9]{1,5}-[0-9]{1,5}$/,
    ),
  ],
  { error: portMatchExpected },
);
export const transport = z.enum(['tcp', 'udp']);
export const ipProtocol = z.enum(['tcp', 'udp', 'icmp', 'esp', 'ip-in-ip', 'any']);

/** Smallest: RFC 791 §3.2 (68 bytes). Largest: what a 16-bit length can say. */
export const mtuBytes = whole(68, 65535, 'a number of bytes');
export const vlanId = whole(1, 4094, 'a VLAN number');
/** RFC 7348 §5: 24 bits; 0 is kept back. */
export const vni = whole(1, 16777215, 'a VXLAN network identifier');
export const upDown = z.enum(['up', 'down']);

export const described = {
  name: name.exactOptional().describe('How people call it; the id where absent.'),
  notes: notes.exactOptional().describe('Free text for readers of the design.'),
  tags: tags.exactOptional().describe('Words to filter by.'),
};
