import type { Design, FlowSource, FlowTarget, NodeKind } from '../../../src-main/contract/index.ts';
import { parseIp, parsePrefix, prefixContains } from '../../../src-main/contract/vocabulary.ts';
import { visibleText } from '../../i18n/visible-text.ts';

export type EndKind =
  | { readonly is: 'node'; readonly kind: NodeKind }
  | { readonly is: 'pod' | 'service' | 'name' | 'url' | 'address' };

/** One end of a flow that is offered while its name is typed. */
export interface EndOption<Value> {
  readonly key: string;
  readonly value: Value;
  readonly kind: EndKind;
  readonly label: string;
  /** What tells it from others of that name: an address, a namespace, a segment. */
  readonly detail: string;
}

type SourceOption = EndOption<FlowSource>;
type TargetOption = EndOption<FlowTarget>;

/** Everything that the design draws and that can send. */
export function drawnSources(design: Design): readonly SourceOption[] {
  const options: SourceOption[] = [];
  for (const node of design.nodes ?? []) {
    options.push({
      key: `node:${node.id}`,
      value: { kind: 'node', node: node.id },
      kind: { is: 'node', kind: node.kind },
      label: node.id,
      detail: [nameBeside(node), addressesOf(node)].filter(Boolean).join(' · '),
    });
  }
  for (const workload of design.workloads ?? []) {
    for (const pod of workload.pods) {
      options.push({
        key: `pod:${pod.id}`,
        value: { kind: 'pod', pod: pod.id },
        kind: { is: 'pod' },
        label: pod.id,
        detail: `${workload.namespace} · ${pod.addresses?.[0] ?? pod.node}`,
      });
    }
  }
  return options;
}

/** Everything that the design draws or names and that can be sent to. */
export function drawnTargets(design: Design): readonly TargetOption[] {
  const options: TargetOption[] = drawnSources(design).flatMap(({ value, ...rest }) =>
    value.kind === 'address' ? [] : [{ ...rest, value: withoutAddress(value) }],
  );
  for (const service of design.services ?? []) {
    options.push({
      key: `service:${service.id}`,
      value: { kind: 'service', service: service.id },
      kind: { is: 'service' },
      label: service.id,
      detail: [service.namespace, service.clusterIps?.[0]].filter(Boolean).join(' · '),
    });
  }
  const add = (kind: 'name' | 'url', text: string, detail: string) => {
    const value: FlowTarget = kind === 'url' ? { kind, url: text } : { kind, name: text };
    options.push({ key: `${kind}:${text}`, value, kind: { is: kind }, label: text, detail });
  };
  const seen = new Set<string>();
  const once = (text: string) => seen.size !== seen.add(text).size;
  for (const ingress of design.ingresses ?? []) {
    for (const { host } of ingress.rules) {
      if (host === undefined || host.startsWith('*')) continue;
      const scheme = ingress.tls ? 'https' : 'http';
      if (once(`${scheme}://${host}/`)) add('url', `${scheme}://${host}/`, ingress.id);
    }
  }
  for (const node of design.nodes ?? []) {
    const zones = 'dnsServer' in node ? node.dnsServer.zones : undefined;
    for (const record of zones?.flatMap((zone) => zone.records) ?? []) {
      if (record.name.startsWith('*') || !once(record.name)) continue;
      add('name', record.name, record.type === 'CNAME' ? record.target : record.address);
    }
  }
  return options;
}

type DrawnEnd = Exclude<FlowSource, { kind: 'address' }>;
const withoutAddress = (value: DrawnEnd): Extract<FlowTarget, { kind: 'node' | 'pod' }> =>
  value.kind === 'node' ? { kind: 'node', node: value.node } : value;

const nameBeside = (item: { readonly id: string; readonly name?: string | undefined }) =>
  item.name !== undefined && item.name !== item.id ? visibleText(item.name) : '';

function addressesOf(node: NonNullable<Design['nodes']>[number]): string {
  const [first, ...others] = (node.interfaces ?? []).flatMap((item) => item.addresses ?? []);
  if (first === undefined) return '';
  const plain = first.replace(/\/\d+$/, '');
  return others.length === 0 ? plain : `${plain} +${others.length}`;
}

/** An address that is typed: as a host that the design does not draw, on each segment that it could stand on. */
export function typedSources(design: Design, text: string): readonly SourceOption[] {
  const address = parseIp(text.trim());
  if (!address) return [];
  return (design.segments ?? []).flatMap((segment) => {
    const holds = segment.subnets?.some(({ cidr }) => {
      const prefix = parsePrefix(cidr);
      return prefix !== undefined && prefixContains(prefix, address);
    });
    if (!holds) return [];
    return {
      key: `address:${address.text}:${segment.id}`,
      value: { kind: 'address' as const, address: address.text, segment: segment.id },
      kind: { is: 'address' as const },
      label: address.text,
      detail: segment.id,
    };
  });
}

const hostName =
  /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?\.?$/i;
const webAddress = /^https?:\/\/[^\s/]+/i;

/** What is typed, as it stands: an address, a URL or a name. */
export function typedTargets(text: string): readonly TargetOption[] {
  const typed = text.trim();
  const address = parseIp(typed);
  const option = (kind: 'url' | 'name' | 'address', label: string, value: FlowTarget) => [
    { key: `${kind}:${label}`, value, kind: { is: kind }, label, detail: '' } as const,
  ];
  if (address) {
    return option('address', address.text, { kind: 'address', address: address.text });
  }
  if (webAddress.test(typed)) return option('url', typed, { kind: 'url', url: typed });
  if (hostName.test(typed)) return option('name', typed, { kind: 'name', name: typed });
  return [];
}

/** More would not be read. */
const offeredAtMost = 60;

/** Those that the text is in, the best first: whole, from the beginning, from the beginning of a word, anywhere. */
export function offered<Value>(
  drawn: readonly EndOption<Value>[],
  typed: readonly EndOption<Value>[],
  text: string,
): readonly EndOption<Value>[] {
  const wanted = text.trim().toLowerCase();
  const keys = new Set<string>();
  const ranked = drawn
    .map((option) => ({ option, rank: rankOf(option, wanted) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ option }) => option);
  const all = [...typed, ...ranked].filter(({ key }) => !keys.has(key) && keys.add(key));
  return all.slice(0, offeredAtMost);
}

function rankOf(option: EndOption<unknown>, wanted: string): number {
  const label = option.label.toLowerCase();
  if (label === wanted) return 0;
  if (label.startsWith(wanted)) return 1;
  const at = label.indexOf(wanted);
  if (at > 0 && /[^a-z0-9]/.test(label[at - 1] ?? '')) return 2;
  return at >= 0 || option.detail.toLowerCase().includes(wanted) ? 3 : 4;
}
