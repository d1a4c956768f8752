import { z } from 'zod';
import { idPattern } from '../ids.ts';
import {
  isMac,
  parseAddressMatch,
  parseInterfaceAddress,
  parseIp,
  parsePrefix,
} from '../ip.ts';
import { limits } from '../limits.ts';

/** A text that has to satisfy `test`; `expected` completes the sentence "expected …". */
function text(expected: string, test: (value: string) => boolean, format: string) {
  return z
    .string()
    .max(limits.textLength)
    .refine(test, { error: expected, params: { expected } })
    .meta({ description: expected, 'x-format': format });
}

export const id = text(
  'an id: letters, digits, ".", "_" or "-", starting with a letter or digit, at most 63 characters',
  (value) => idPattern.test(value),
  'id',
);
export const name = z.string().min(1).max(limits.nameLength);
export const notes = z.string().max(limits.notesLength);
export const tags = z.array(z.string().min(1).max(63)).max(64);

export const ipAddress = text(
  'an IPv4 or IPv6 address, such as 192.168.20.10 or 2001:db8::10',
  (value) => parseIp(value) !== undefined,
  'ip',
);
export const cidr = text(
  'a network prefix with its host bits zero, such as 192.168.20.0/24 or 2001:db8::/64',
  (value) => parsePrefix(value) !== undefined,
  'cidr',
);
export const addressWithLength = text(
  'an address with its prefix length, such as 192.168.20.61/24 or 2001:db8::61/64',
  (value) => parseInterfaceAddress(value) !== undefined,
  'interface-address',
);
export const addressMatch = text(
  '"any", an address, a prefix, or a range from-to, such as 10.0.0.0/8 or 10.0.0.5-10.0.0.9',
  (value) => parseAddressMatch(value) !== undefined,
  'address-match',
);
export const macAddress = text(
  'a MAC address, such as 00:50:56:01:02:03',
  isMac,
  'mac',
);

/** RFC 1123 host name, optionally ending in a dot; a leading "*." label is allowed where the caller says so. */
const hostLabels = /^(?=.{1,253}\.?$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*\.?$/i;
export const hostName = text(
  'a DNS name, such as shop.example.com',
  (value) => hostLabels.test(value),
  'host-name',
);
export const hostPattern = text(
  'a DNS name or a wildcard such as *.example.com',
  (value) => hostLabels.test(value.replace(/^\*\./, '')),
  'host-pattern',
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

export const port = z.int().min(1).max(65535);
/** `443`, or a range `8000-8100`. */
export const portMatch = z.union([
  port,
  text(
    'a port range, such as 30000-32767',
    (value) => {
      const match = /^(\d{1,5})-(\d{1,5})$/.exec(value);
      if (!match) return false;
      const [from, to] = [Number(match[1]), Number(match[2])];
      return from >= 1 && from <= to && to <= 65535;
    },
    'port-range',
  ),
]);
export const transport = z.enum(['tcp', 'udp']);
export const ipProtocol = z.enum(['tcp', 'udp', 'icmp', 'esp', 'ip-in-ip', 'any']);

/** Smallest: RFC 791 §3.2 (68 bytes). Largest: what a 16-bit length can say. */
export const mtuBytes = z.int().min(68).max(65535);
export const upDown = z.enum(['up', 'down']);

export const described = {
  name: name.exactOptional(),
  notes: notes.exactOptional(),
  tags: tags.exactOptional(),
};
