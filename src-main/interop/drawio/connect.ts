import { showValue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { addressesIn, type FoundAddress } from './addresses.ts';
import {
  newPort,
  whole,
  type Draft,
  type LinkDraft,
  type NodeDraft,
  type PortDraft,
  type SegmentDraft,
} from './drafts.ts';
import { Ids } from './ids.ts';
import type { Connector, Nested, Shape } from './nest.ts';
import { FactReader, ownName, ownRef } from './own.ts';
import type { ConnectorProblem } from '../words/drawio-remarks.ts';
import type { Remarks } from './remarks.ts';
import type { Things } from './things.ts';
import type { Design } from '../../model/design.ts';

type Stretch = NonNullable<Design['stretches']>[number];

export interface Joined {
  readonly links: readonly LinkDraft[];
  readonly stretches: readonly Stretch[];
  /** What each connector became, by the id of its cell. */
  readonly drawn: ReadonlyMap<string, string>;
}

/** Makes of connectors what joins things: interfaces on networks, links, stretches and memberships. */
export function connect(nested: Nested, things: Things, remarks: Remarks): Joined {
  const joiner = new Joiner(nested, things, remarks);
  const rest = nested.connectors.filter((connector) => !joiner.takeOwn(connector));
  const ends = rest.flatMap((connector) => {
    const found = joiner.ends(connector);
    return found ? [[connector, found] as const] : [];
  });
  // Which networks are one has to be known before machines are joined to them.
  for (const [connector, [a, b]] of ends) joiner.merge(connector, a, b);
  for (const [connector, [a, b]] of ends) joiner.join(connector, a, b);
  return { links: joiner.links, stretches: joiner.stretches(), drawn: joiner.drawn() };
}

type End = NodeDraft | SegmentDraft;

/** How interfaces are called: `eth0`, `Gi0/1`, `vmnic4`, `port-channel 2`. */
const interfaceName =
  /^(?:eth|ens|enp|eno|em|bond|br|vmk|vmnic|vnic|ge|xe|et|gi|gig|gigabit ?ethernet|fa|fast ?ethernet|te|ten ?gig(?:abit)?(?: ?ethernet)?|ethernet|po|port(?:-?channel)?|wan|lan|lo|loopback|mgmt|se|serial|tun|wlan|ether|sfp)[-_ ]?\d[\w./:-]{0,40}$/i;

class Joiner {
  readonly links: LinkDraft[] = [];
  readonly #nested: Nested;
  readonly #things: Things;
  readonly #remarks: Remarks;
  readonly #linkIds = new Ids();
  readonly #stretches: { readonly connector: Connector; readonly stretch: Stretch }[] = [];
  readonly #nodes: ReadonlyMap<string, NodeDraft>;
  readonly #drawn = new Map<string, string | SegmentDraft>();

  constructor(nested: Nested, things: Things, remarks: Remarks) {
    this.#nested = nested;
    this.#things = things;
    this.#remarks = remarks;
    this.#nodes = new Map(things.nodes.map((node) => [node.id, node]));
  }

  /** A connector that this program wrote and that still joins what it joined. */
  takeOwn(connector: Connector): boolean {
    const ref = ownRef(connector.cell);
    if (!ref) return false;
    const [from, to] = [this.#draftAt(connector.cell.source), this.#draftAt(connector.cell.target)];
    switch (ref.kind) {
      case 'interface':
        return this.#takeInterface(connector, ref.id, from, to);
      case 'link':
        return this.#takeLink(connector, ref.id, from, to);
      case 'stretch':
        return this.#takeStretch(connector, ref.id, from, to);
      case 'member': {
        if (from?.is !== 'cluster' || to?.is !== 'node') return false;
        from.members.add(to);
        this.#drawn.set(connector.cell.id, `cluster:${from.id}`);
        return true;
      }
      default:
        return false;
    }
  }

  #takeInterface(
    { cell, words }: Connector,
    id: string,
    from: Draft | undefined,
    to: Draft | undefined,
  ): boolean {
    if (from?.is !== 'node' || to?.is !== 'segment') return false;
    const [owner, name] = id.split('/');
    const port = from.ports.find((one) => one.id === name);
    if (from.origin !== owner || !port || port.segment || port.linked) return false;
    port.segment = to;
    this.#drawn.set(cell.id, `interface:${from.id}/${port.id}`);
    this.#relabel(cell, port, words.map(({ text }) => text).join('\n'));
    return true;
  }

  /** Addresses at the end of a line are those of its interface, also once they have been edited. */
  #relabel(cell: Connector['cell'], port: PortDraft, text: string): void {
    const shown = addressesIn(text).addresses;
    const known = port.addresses;
    const texts = (all: readonly FoundAddress[]) =>
      all
        .map(({ ip }) => ip.text)
        .sort()
        .join(' ');
    // Of such as no label would be read for, the fact holds.
    const readable = known.filter(({ ip }) => addressesIn(ip.text).addresses.length > 0);
    if (texts(shown) === texts(readable)) return;
    this.#remarks.add(cell, 'connector-addresses');
    const before = [...known];
    known.splice(
      0,
      known.length,
      ...shown.map((one) => before.find(({ ip }) => ip.text === one.ip.text) ?? one),
    );
    port.hints.push(
      ...before.flatMap(({ ip, length }) => (length === undefined ? [] : [`${ip.text}/${length}`])),
    );
  }

  #takeLink(
    { cell, words }: Connector,
    id: string,
    from: Draft | undefined,
    to: Draft | undefined,
  ): boolean {
    if (from?.is !== 'node' || to?.is !== 'node' || from === to) return false;
    const kept = this.#linkIds.keep(id);
    if (kept === undefined) return false;
    const facts = new FactReader(cell, this.#remarks);
    const port = (node: NodeDraft, key: string): PortDraft => {
      const name = facts.id(key);
      const known = node.ports.find((one) => one.id === name);
      return known && !known.segment && !known.linked ? known : newPort(node, name);
    };
    const a = port(from, 'aInterface');
    a.linked = true;
    const b = port(to, 'bInterface');
    b.linked = true;
    const at = (isAt: (along: number) => boolean): string =>
      words
        .filter(({ along }) => isAt(along))
        .map(({ text }) => text)
        .join('\n');
    this.#relabel(
      cell,
      a,
      at((along) => along < -0.2),
    );
    this.#relabel(
      cell,
      b,
      at((along) => along > 0.2),
    );
    this.#drawn.set(cell.id, `link:${kept}`);
    this.links.push({
      id: kept,
      name: cell.label === '' ? undefined : ownName(cell, id, facts),
      notes: facts.text('notes', limits.notesLength),
      tags: tagsOf(cell.data.get('tags')),
      a: { node: from, port: a },
      b: { node: to, port: b },
      mtu: facts.number('mtu', 68, 65535),
      state: facts.oneOf('state', ['up', 'down']),
    });
    return true;
  }

  #takeStretch(
    connector: Connector,
    id: string,
    from: Draft | undefined,
    to: Draft | undefined,
  ): boolean {
    if (from?.is !== 'node' || to?.is !== 'node') return false;
    const { cell } = connector;
    const facts = new FactReader(cell, this.#remarks);
    const [aSegment, aUplink] = [facts.id('aSegment'), facts.id('aUplink')];
    const [bSegment, bUplink] = [facts.id('bSegment'), facts.id('bUplink')];
    const isNew = !this.#stretches.some(({ stretch }) => stretch.id === id);
    if (!aSegment || !aUplink || !bSegment || !bUplink || !isNew || id.includes('/')) return false;
    const name = cell.label === '' ? undefined : ownName(cell, id, facts);
    const tags = tagsOf(cell.data.get('tags'));
    this.#stretches.push({
      connector,
      stretch: given({
        id,
        name,
        notes: facts.text('notes', limits.notesLength),
        tags: tags.length > 0 ? tags : undefined,
        a: { segment: aSegment, gateway: from.id, uplink: aUplink },
        b: { segment: bSegment, gateway: to.id, uplink: bUplink },
        protocol: facts.oneOf('protocol', ['udp']),
        port: facts.number('port', 1, 65535),
        overheadBytes: facts.number('overheadBytes', 36, 400),
        outerDf: facts.flag('outerDf'),
        proximityRouting: facts.flag('proximityRouting'),
        state: facts.oneOf('state', ['up', 'down']),
      }) as Stretch,
    });
    return true;
  }

  /** Those whose ends are still there, once everything is joined. */
  stretches(): readonly Stretch[] {
    return this.#stretches.flatMap(({ connector, stretch }) => {
      const isWhole = [stretch.a, stretch.b].every(({ segment, gateway, uplink }) => {
        const node = this.#nodes.get(gateway);
        return (
          node?.kind === 'l2-gateway' &&
          node.ports.some(({ id }) => id === uplink) &&
          node.ports.some((port) => port.segment && whole(port.segment).id === segment)
        );
      });
      if (isWhole) {
        this.#drawn.set(connector.cell.id, `stretch:${stretch.id}`);
        return [stretch];
      }
      this.#remarks.add(connector.cell, 'stretch-without-gateways');
      return [];
    });
  }

  drawn(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#drawn].map(([cell, what]) => [
        cell,
        typeof what === 'string' ? what : `segment:${whole(what).id}`,
      ]),
    );
  }

  /** What a connector joins, if that can be joined. */
  ends({ cell }: Connector): readonly [End, End] | undefined {
    const a = this.#endOf(cell.source);
    const b = this.#endOf(cell.target);
    const why = 'code' in a ? a : 'code' in b ? b : undefined;
    if (!('code' in a) && !('code' in b)) {
      if (a !== b) return [a, b];
      this.#remarks.add(cell, { code: 'joins-itself', detail: { id: a.id } });
    } else if (why) {
      const words = cell.label === '' ? {} : { words: showValue(cell.label) };
      this.#remarks.add(cell, { code: 'connector-not-taken', detail: { ...words, why } });
    }
    return undefined;
  }

  #draftAt(id: string | undefined): Draft | undefined {
    return id === undefined ? undefined : this.#things.draftOf.get(id);
  }

  /** What stands at the end of a connector, or why there is nothing. */
  #endOf(id: string | undefined): End | ConnectorProblem {
    if (id === undefined) return { code: 'loose-end', detail: {} };
    const shape = this.#nested.shapeOf.get(id);
    if (!shape) {
      const cell = this.#nested.cellOf.get(id);
      if (cell?.is === 'edge') return { code: 'ends-at-connector', detail: {} };
      const at = showValue(id);
      return { code: cell ? 'ends-at-no-shape' : 'ends-nowhere', detail: { at } };
    }
    for (let at: Shape | undefined = shape; at; at = at.holder) {
      const draft = this.#things.draftOf.get(at.cell.id);
      if (draft?.is === 'node' || draft?.is === 'segment') return draft;
      if (draft?.is === 'site' && at === shape) {
        return draft.segment ?? { code: 'ends-at-place', detail: { site: draft.id } };
      }
      if (draft) break;
      const only = onlyThing(at, this.#things.draftOf);
      if (only) return only;
    }
    return { code: 'ends-at-figure', detail: {} };
  }

  /** Switches that are joined are one network. */
  merge({ cell }: Connector, first: End, second: End): void {
    if (first.is !== 'segment' || second.is !== 'segment') return;
    const [a, b] = [whole(first), whole(second)];
    if (a === b) {
      this.#drawn.set(cell.id, a);
      return;
    }
    const sameNetwork = a.subnets.length === 0 || b.subnets.length === 0;
    const sameTag = a.vlan === undefined || b.vlan === undefined || a.vlan === b.vlan;
    if (!a.switch || !b.switch || !sameNetwork || !sameTag) {
      const why = { code: 'joins-networks', detail: {} } as const;
      this.#remarks.add(cell, { code: 'connector-not-taken', detail: { why } });
      return;
    }
    const [kept, gone] =
      b.subnets.length > 0 || (b.vlan !== undefined && a.vlan === undefined) ? [b, a] : [a, b];
    gone.mergedInto = kept;
    this.#drawn.set(cell.id, kept);
    this.#remarks.add(cell, { code: 'networks-joined', detail: { gone: gone.id, kept: kept.id } });
  }

  join(connector: Connector, a: End, b: End): void {
    if (a.is === 'segment' && b.is === 'segment') return;
    if (a.is === 'node' && b.is === 'node') this.#link(connector, a, b);
    else if (a.is === 'node' && b.is === 'segment') this.#attach(connector, a, b);
    else if (a.is === 'segment' && b.is === 'node') this.#attach(connector, b, a);
  }

  #attach({ cell, words }: Connector, node: NodeDraft, to: SegmentDraft): void {
    const segment = whole(to);
    const found = addressesIn(words.map(({ text }) => text).join('\n'));
    const port = this.#port(cell, node, found.rest);
    port.segment = segment;
    this.#drawn.set(cell.id, `interface:${node.id}/${port.id}`);
    port.addresses.push(...found.addresses);
    for (const cidr of found.prefixes) {
      if (segment.own) port.hints.push(cidr);
      else if (!segment.subnets.some((one) => one.cidr === cidr)) segment.subnets.push({ cidr });
    }
  }

  #link({ cell, words }: Connector, a: NodeDraft, b: NodeDraft): void {
    const at = (isAt: (along: number) => boolean) =>
      addressesIn(
        words
          .filter(({ along }) => isAt(along))
          .map(({ text }) => text)
          .join('\n'),
      );
    const [from, middle, to] = [
      at((along) => along < -0.2),
      at((along) => Math.abs(along) <= 0.2),
      at((along) => along > 0.2),
    ];
    const ports = [this.#port(cell, a, from.rest), this.#port(cell, b, to.rest)] as const;
    const hints = [...from.prefixes, ...middle.prefixes, ...to.prefixes];
    for (const port of ports) {
      port.linked = true;
      port.hints.push(...hints);
    }
    ports[0].addresses.push(...from.addresses);
    ports[1].addresses.push(...to.addresses);
    const [first, second, ...more] = middle.addresses;
    if (first && second && more.length === 0) {
      ports[0].addresses.push(first);
      ports[1].addresses.push(second);
    } else if (first) {
      const addresses = middle.addresses.map(({ ip }) => ip.text);
      this.#remarks.add(cell, { code: 'owner-unclear', detail: { addresses } });
    }
    const name = middle.rest.replaceAll('\n', ' ').slice(0, limits.nameLength).toWellFormed();
    const id = this.#linkIds.give(`${a.id}-${b.id}`, 'link');
    this.#drawn.set(cell.id, `link:${id}`);
    this.links.push({
      id,
      name: name === '' ? undefined : name,
      tags: tagsOf(cell.data.get('tags')),
      a: { node: a, port: ports[0] },
      b: { node: b, port: ports[1] },
    });
  }

  /** A new interface, named as the words at it say where they name one. */
  #port(cell: Connector['cell'], node: NodeDraft, words: string): PortDraft {
    const lines = words.split('\n').filter((line) => line !== '');
    const named = lines.find((line) => interfaceName.test(line));
    const others = lines.filter((line) => line !== named);
    if (others.length > 0) {
      this.#remarks.add(cell, {
        code: 'connector-words',
        detail: { words: showValue(others.join(' ')) },
      });
    }
    return newPort(node, named?.replace(/[^A-Za-z0-9._-]+/g, '-'));
  }
}

/** Of a group that holds one machine or network, that one. */
function onlyThing(shape: Shape, draftOf: ReadonlyMap<string, Draft>): End | undefined {
  const found = shape.held.flatMap((one) => draftOf.get(one.cell.id) ?? []);
  const [only] = found;
  return found.length === 1 && (only?.is === 'node' || only?.is === 'segment') ? only : undefined;
}

const tagsOf = (text = ''): readonly string[] =>
  [...new Set(text.split(/\s+/).map((tag) => tag.slice(0, 63).toWellFormed()))]
    .filter((tag) => tag !== '')
    .slice(0, 64);

/** The object without what is not there. */
export function given(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
