import { parseIp } from '../../model/ip.ts';
import type { Leg } from '../../sim/vocabulary/index.ts';
import { concat, ipBytes, u16, u32, type Bytes } from './bytes.ts';

export type DnsExchange = NonNullable<Leg['dns']>;

/** IANA resource record types. */
const recordType = { A: 1, AAAA: 28 } as const;
const classInternet = 1;
/** Lifetime in seconds that answers carry; nothing in a simulation depends on it. */
const answerTtlSeconds = 60;
/** Points to the name in the question, which begins right after the header (RFC 1035 §4.1.4). */
const pointerToQuestion: Bytes = [0xc0, 12];

/**
 * RFC 1035 §4.1.1: QR, AA, RD and RA as bits, and the response code of a name that does not exist.
 */
const flag = {
  response: 0x8000,
  authoritative: 0x0400,
  recursionDesired: 0x0100,
  recursionAvailable: 0x0080,
};
const nameError = 3;

/** The question of a DNS leg (RFC 1035 §4): 16 bytes, and the name's length and one. */
export function dnsQuery(exchange: DnsExchange): Uint8Array {
  return concat([header(exchange, flag.recursionDesired, 0), question(exchange)]);
}

/**
 * The answer to it: the question again, and 16 bytes for each IPv4 or 28 for each IPv6 address;
 * without addresses it says that there is no such name.
 */
export function dnsAnswer(exchange: DnsExchange): Uint8Array {
  const { addresses } = exchange;
  const flags =
    flag.response |
    flag.authoritative |
    flag.recursionDesired |
    flag.recursionAvailable |
    (addresses.length === 0 ? nameError : 0);
  return concat([
    header(exchange, flags, addresses.length),
    question(exchange),
    ...addresses.map(resourceRecord),
  ]);
}

function header(exchange: DnsExchange, flags: number, answers: number): Bytes {
  return [...u16(transactionId(exchange)), ...u16(flags), ...u16(1), ...u16(answers), 0, 0, 0, 0];
}

/**
 * The same for a question and its answer, on whatever connection: taken from the name by FNV-1a.
 */
function transactionId({ name, record }: DnsExchange): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${name} ${record}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return ((hash >>> 16) ^ hash) & 0xffff;
}

function question({ name, record }: DnsExchange): Uint8Array {
  return concat([encodedName(name), u16(recordType[record]), u16(classInternet)]);
}

/** Labels with their lengths, ended by the root's (RFC 1035 §3.1). */
function encodedName(name: string): Uint8Array {
  const labels = name
    .replace(/\.$/, '')
    .split('.')
    .map((label) => {
      const bytes = new TextEncoder().encode(label);
      if (bytes.length < 1 || bytes.length > 63) {
        throw new RangeError(
          `DNS name ${name}: label "${label}" has ${bytes.length} bytes, 1–63 expected`,
        );
      }
      return concat([[bytes.length], bytes]);
    });
  return concat([...labels, [0]]);
}

function resourceRecord(address: string): Uint8Array {
  const type = parseIp(address)?.family === 6 ? recordType.AAAA : recordType.A;
  const data = ipBytes(address);
  return concat([
    pointerToQuestion,
    u16(type),
    u16(classInternet),
    u32(answerTtlSeconds),
    u16(data.length),
    data,
  ]);
}
