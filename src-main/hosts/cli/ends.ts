import type { Input } from '../../contract/index.ts';
import type { Design, FlowSource, FlowTarget } from '../../model/design.ts';
import { parseInterfaceAddress, parseIp, sameIp } from '../../model/ip.ts';
import { endsInNumber, hostName, url } from '../../model/schema/scalars.ts';
import { didYouMean } from './nearest.ts';
import { usage, type Attempt } from './outcome.ts';

/** A flow as it is told on the command line. */
export interface FlowOptions {
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
}

/** A flow that comes along with a call. */
export type OwnFlow = Exclude<Input<'flow.simulate'>['flow'], string>;

/** The id of the flow that is made for the command line; it is not part of the design. */
export const commandLineFlowId = 'command-line';

/** Makes the flow from X to Y, or says what is missing. */
export function flowBetween(design: Design, options: FlowOptions): Attempt<OwnFlow> {
  const from = readSource(design, options.from);
  if (!from.ok) return from;
  const to = readTarget(design, options.to);
  if (!to.ok) return to;
  const { port, protocol } = options;

  if (to.value.kind === 'url') {
    const { port: explicit, protocol: scheme } = new URL(to.value.url);
    const own = explicit === '' ? (scheme === 'https:' ? 443 : 80) : Number(explicit);
    if (port !== undefined && port !== own) {
      return usage('usage', `--port ${port} contradicts the URL, which means port ${own}`);
    }
    if (protocol !== undefined && protocol !== 'tcp') {
      return usage('usage', `--protocol ${protocol} contradicts the URL, which means tcp`);
    }
  } else if (protocol === 'icmp') {
    if (port !== undefined) return usage('usage', '--port goes with tcp or udp, and this is icmp');
  } else if (port === undefined) {
    return usage(
      'usage',
      `--port is missing: expected a ${protocol ?? 'tcp'} port from 1 to 65535`,
      'A URL brings its own port; --protocol icmp needs none',
    );
  }
  const service = port === undefined ? (protocol ?? 'tcp') : `${protocol ?? 'tcp'} ${port}`;
  return {
    ok: true,
    value: {
      id: commandLineFlowId,
      name: `${options.from} → ${options.to}${to.value.kind === 'url' ? '' : `, ${service}`}`,
      from: from.value,
      to: to.value,
      ...(protocol === undefined ? {} : { protocol }),
      ...(port === undefined || to.value.kind === 'url' ? {} : { port }),
    },
  };
}

/** The ids that an end can be named by, with their kinds. */
interface Names {
  readonly node: readonly string[];
  readonly pod: readonly string[];
  readonly service: readonly string[];
}

const namesOf = (design: Design): Names => ({
  node: design.nodes?.map(({ id }) => id) ?? [],
  pod: design.workloads?.flatMap(({ pods }) => pods.map(({ id }) => id)) ?? [],
  service: design.services?.map(({ id }) => id) ?? [],
});

/** `node:esg` → node, esg; a text without a known kind in front is a plain one. */
function splitKind<Kind extends string>(
  text: string,
  kinds: readonly Kind[],
): { readonly kind: Kind; readonly rest: string } | undefined {
  const kind = kinds.find((one) => text.startsWith(`${one}:`));
  return kind && { kind, rest: text.slice(kind.length + 1) };
}

const ambiguous = (option: string, text: string, candidates: readonly string[]) =>
  usage(
    'end-ambiguous',
    `${option} ${text} means more than one thing: ${candidates.join(', ')}`,
    `Say which, as in ${option} ${candidates[0] ?? ''}`,
  );

const unknown = (option: string, text: string, expected: string, near: string | undefined) =>
  usage('end-unknown', `${option} is ${text}: expected ${expected}`, near);

/** Node id, pod id, or `address@segment`; `node:` and `pod:` in front say which is meant. */
export function readSource(design: Design, text: string): Attempt<FlowSource> {
  const option = '--from';
  const names = namesOf(design);
  const at = text.lastIndexOf('@');
  if (at > 0) return readAddressAtSegment(design, text.slice(0, at), text.slice(at + 1));
  if (parseIp(text)) {
    const segments = design.segments?.map(({ id }) => id) ?? [];
    return usage(
      'end-unknown',
      `${option} is ${text}: an address needs its segment, ${text}@SEGMENT`,
      `The segments are: ${segments.join(', ')}`,
    );
  }
  const split = splitKind(text, ['node', 'pod']);
  const kinds = split ? [split.kind] : (['node', 'pod'] as const);
  const id = split?.rest ?? text;
  const found = kinds.filter((kind) => names[kind].includes(id));
  const [kind] = found;
  if (found.length > 1)
    return ambiguous(
      option,
      text,
      found.map((one) => `${one}:${id}`),
    );
  if (kind === 'node') return { ok: true, value: { kind, node: id } };
  if (kind === 'pod') return { ok: true, value: { kind, pod: id } };
  const known = kinds.flatMap((one) => names[one]);
  const expected = 'the id of a node or a pod, or ADDRESS@SEGMENT';
  return unknown(option, text, expected, didYouMean(id, known));
}

/** The node that has the address there is the sender; where nobody has it, a host that is not drawn. */
function readAddressAtSegment(design: Design, text: string, segment: string): Attempt<FlowSource> {
  const address = parseIp(text);
  if (!address) {
    return usage('usage', `--from is ${text}@${segment}: expected an address before the @`);
  }
  const segments = design.segments?.map(({ id }) => id) ?? [];
  if (!segments.includes(segment)) {
    const near = didYouMean(segment, segments);
    return unknown('--from', `${text}@${segment}`, 'the id of a segment after the @', near);
  }
  const owner = design.nodes?.find((node) =>
    node.interfaces?.some(
      (item) =>
        item.segment === segment &&
        item.addresses?.some((own) => {
          const parsed = parseInterfaceAddress(own);
          return parsed !== undefined && sameIp(parsed.ip, address);
        }),
    ),
  );
  return owner
    ? { ok: true, value: { kind: 'node', node: owner.id, address: address.text } }
    : { ok: true, value: { kind: 'address', address: address.text, segment } };
}

const targetKinds = ['node', 'pod', 'service', 'name'] as const;

/**
 * What `--to` means, in this order: a URL; an address; what a `node:`, `pod:`, `service:` or `name:` in front says; the
 * id of a node, a pod or a service; a host name. An id that is of two kinds, or a DNS name of the design besides, is
 * refused with its candidates. A name without a dot that the design knows nothing of is taken for a slip.
 */
export function readTarget(design: Design, text: string): Attempt<FlowTarget> {
  const option = '--to';
  if (text.includes('://')) {
    const checked = url.safeParse(text);
    if (checked.success) return { ok: true, value: { kind: 'url', url: text } };
    return usage('usage', `${option} is ${text}: expected an http:// or https:// URL`);
  }
  const address = parseIp(text);
  if (address) return { ok: true, value: { kind: 'address', address: address.text } };

  const names = namesOf(design);
  const split = splitKind(text, targetKinds);
  const word = split?.rest ?? text;
  const candidates = split ? [split.kind] : targetKinds;
  const hosts = dnsNames(design);
  const found = candidates.filter((kind) =>
    kind === 'name' ? hosts.has(word.toLowerCase().replace(/\.$/, '')) : names[kind].includes(word),
  );
  if (found.length > 1)
    return ambiguous(
      option,
      text,
      found.map((kind) => `${kind}:${word}`),
    );
  const [kind] = found;
  if (kind !== undefined) return { ok: true, value: targetOf(kind, word) };

  const isName = split ? split.kind === 'name' : word.includes('.');
  if (isName && hostName.safeParse(word).success) {
    return { ok: true, value: { kind: 'name', name: word } };
  }
  if (!split && word.includes('.') && endsInNumber(word)) {
    const expected = 'four numbers from 0 to 255, such as 192.0.2.1';
    return usage('usage', `${option} is ${text}, which is no IPv4 address: expected ${expected}`);
  }
  const known = candidates.flatMap((one) => (one === 'name' ? [...hosts] : names[one]));
  const expected = split
    ? split.kind === 'name'
      ? 'a DNS name, such as shop.example.com'
      : `the id of a ${split.kind}`
    : 'a URL, an address, a host name, or the id of a node, pod or service';
  return unknown(option, text, expected, didYouMean(word, known));
}

function targetOf(kind: (typeof targetKinds)[number], word: string): FlowTarget {
  switch (kind) {
    case 'node':
      return { kind, node: word };
    case 'pod':
      return { kind, pod: word };
    case 'service':
      return { kind, service: word };
    case 'name':
      return { kind, name: word };
    default:
      return kind satisfies never;
  }
}

/** Names that a DNS server of the design answers from its own data. */
function dnsNames(design: Design): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of design.nodes ?? []) {
    if (!('dnsServer' in node)) continue;
    for (const zone of node.dnsServer.zones ?? []) {
      for (const record of zone.records) names.add(record.name.toLowerCase().replace(/\.$/, ''));
    }
  }
  return names;
}
