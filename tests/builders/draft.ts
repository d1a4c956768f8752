import { collections, type EntityKind } from '../../src-main/model/ids.ts';
import {
  ipPlus,
  parseInterfaceAddress,
  parseIp,
  parsePrefix,
  prefixCovers,
  type Prefix,
} from '../../src-main/model/ip.ts';
import { issueSentence } from '../../src-main/model/issue.ts';
import type {
  Design,
  FlowSource,
  FlowTarget,
  NetworkInterface,
} from '../../src-main/model/design.ts';
import { parseDesign } from '../../src-main/model/validate.ts';

/** An entity on its way into a design: what a line leaves out is filled in when the design is built. */
export type Raw = Record<string, unknown> & { readonly id: string };
interface RawPod {
  readonly id: string;
  readonly node: string;
  addresses?: string[];
}

/** The entities of a design that is being built, and what can be told from all of them together. */
export class Draft {
  readonly #entities = new Map<EntityKind, Map<string, Raw>>();
  readonly #later: (() => void)[] = [];

  put(kind: EntityKind, entity: Raw): void {
    const entities = this.#entities.get(kind) ?? new Map<string, Raw>();
    if (entities.has(entity.id)) throw new Error(`two ${kind}s with the id ${entity.id}`);
    this.#entities.set(kind, entities.set(entity.id, entity));
  }

  /** Puts an entity that `complete` fills in once all others are there. */
  putIncomplete(kind: EntityKind, entity: Raw, complete: (entity: Raw) => void): void {
    this.put(kind, entity);
    this.#later.push(() => complete(entity));
  }

  replace(kind: EntityKind, id: string, change: (entity: Raw) => Raw | undefined): void {
    this.settle();
    const entity = this.#entities.get(kind)?.get(id);
    if (!entity) throw new Error(`the network has no ${kind} ${id}`);
    const changed = change(entity);
    if (changed) this.#entities.get(kind)?.set(id, changed);
    else this.#entities.get(kind)?.delete(id);
  }

  settle(): void {
    for (const complete of this.#later.splice(0)) complete();
  }

  design(name: string): Design {
    this.settle();
    const document: Record<string, unknown> = { hopscope: 1, name };
    for (const [kind, entities] of this.#entities) {
      if (entities.size > 0) document[collections[kind]] = [...entities.values()];
    }
    const parsed = parseDesign(structuredClone(document));
    if (parsed.ok) return parsed.value;
    throw new Error(`not a valid design:\n${parsed.issues.map(issueSentence).join('\n')}`);
  }

  ids(kind: EntityKind): string[] {
    return [...(this.#entities.get(kind)?.keys() ?? [])];
  }

  #has(kind: EntityKind, id: string): boolean {
    return this.#entities.get(kind)?.has(id) ?? false;
  }

  #all(kind: EntityKind): Raw[] {
    return [...(this.#entities.get(kind)?.values() ?? [])];
  }

  #only(kind: EntityKind, of: string): string {
    const [id, ...others] = this.ids(kind);
    if (id === undefined || others.length > 0) {
      throw new Error(
        `${of}: name its ${kind}, since the network has ${others.length ? 'several' : 'none'}`,
      );
    }
    return id;
  }

  completeZone(entity: Raw): void {
    if (entity['transportZone'] !== undefined) return;
    if (this.ids('transport-zone').length === 0) this.put('transport-zone', { id: 'tz' });
    entity['transportZone'] = this.#only('transport-zone', entity.id);
  }

  completeCluster(entity: Raw): void {
    entity['cluster'] ??= this.#only('cluster', entity.id);
  }

  /** Puts an interface on the one segment that has a subnet for its first address, unless a link ends there. */
  completeInterface(node: string, item: NetworkInterface): NetworkInterface {
    const first = item.addresses?.[0];
    if (item.segment !== undefined || first === undefined || this.#endsLink(node, item.id))
      return item;
    const own = parseInterfaceAddress(first)?.prefix;
    const fitting = this.#all('segment').filter((segment) =>
      subnets(segment).some((subnet) => own && prefixCovers(subnet, own)),
    );
    const [segment, ...others] = fitting;
    if (!segment || others.length > 0) {
      const found = fitting.map((one) => one.id).join(' and ') || 'no segment';
      throw new Error(
        `${node} ${item.id}: ${found} has a subnet for ${first}; add @segment or a link`,
      );
    }
    return { ...item, segment: segment.id };
  }

  #endsLink(node: string, join: string): boolean {
    return this.#all('link').some((link) =>
      [link['a'], link['b']].some((end) => {
        const { node: ends, interface: at } = end as { node: string; interface: string };
        return ends === node && at === join;
      }),
    );
  }

  /** Gives pods without address the next free one of their node's block, the third of the block first. */
  completePods(workload: Raw): void {
    this.completeCluster(workload);
    if (workload['hostNetwork'] === true) return;
    const cluster = this.#entities.get('cluster')?.get(String(workload['cluster']));
    const members = (cluster?.['nodes'] ?? []) as { node: string }[];
    const taken = new Set(
      this.#all('workload')
        .flatMap(podsOf)
        .flatMap((pod) => pod.addresses ?? []),
    );
    for (const pod of podsOf(workload)) {
      if (pod.addresses) continue;
      const index = BigInt(members.findIndex((member) => member.node === pod.node));
      if (index < 0n) throw new Error(`${pod.id}: ${pod.node} is no member of its cluster`);
      pod.addresses = prefixes((cluster?.['podCidrs'] ?? []) as string[]).map((cidr) => {
        for (let offset = index * 64n + 2n; ; offset += 1n) {
          const { text } = ipPlus(cidr.network, offset);
          if (taken.has(text)) continue;
          taken.add(text);
          return text;
        }
      });
    }
  }

  /** `node`, `pod`, or `address@segment`. */
  source(text: string): FlowSource {
    const [address = '', segment] = text.split('@');
    if (segment !== undefined) return { kind: 'address', address, segment };
    if (this.#has('node', text)) return { kind: 'node', node: text };
    if (this.#isPod(text)) return { kind: 'pod', pod: text };
    throw new Error(`the network has no node or pod ${text}`);
  }

  /** A URL, an address, the id of a node, pod or service, `service:id`, or else a DNS name. */
  target(text: string): FlowTarget {
    if (/^https?:/.test(text)) return { kind: 'url', url: text };
    if (parseIp(text)) return { kind: 'address', address: text };
    if (text.startsWith('service:')) return { kind: 'service', service: text.slice(8) };
    if (this.#has('node', text)) return { kind: 'node', node: text };
    if (this.#isPod(text)) return { kind: 'pod', pod: text };
    if (this.#has('service', text)) return { kind: 'service', service: text };
    return { kind: 'name', name: text };
  }

  #isPod(id: string): boolean {
    return this.#all('workload').some((workload) => podsOf(workload).some((pod) => pod.id === id));
  }
}

const podsOf = (workload: Raw) => workload['pods'] as RawPod[];

const prefixes = (texts: readonly string[]): Prefix[] =>
  texts.flatMap((text) => parsePrefix(text) ?? []);

const subnets = (segment: Raw): Prefix[] =>
  prefixes(((segment['subnets'] ?? []) as { cidr: string }[]).map((subnet) => subnet.cidr));
