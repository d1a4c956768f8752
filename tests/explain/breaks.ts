/** Takes one thing away from a design, or changes it, at random: what a careless hand does. */
import type { Design, Entity, HostLike, Node } from '../../src-main/model/design.ts';
import { referenceIssues } from '../../src-main/model/references.ts';
import { collections, type EntityKind } from '../../src-main/model/ids.ts';

export type Random = () => number;

/** mulberry32: the same seed gives the same numbers, 0 up to but not including 1. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Break {
  readonly what: string;
  readonly design: Design;
}

type Change = (entity: Entity) => Entity;
interface Possible {
  readonly what: string;
  readonly kind: EntityKind;
  readonly id: string;
  readonly change: Change;
}

const change = <Of>(
  kind: EntityKind,
  id: string,
  what: string,
  how: (old: Of) => object,
): Possible => ({
  kind,
  id,
  what: `${what} of ${kind} ${id}`,
  change: (old) => ({ ...old, ...how(old as Of) }) as Entity,
});

const isHost = (node: Node): node is HostLike =>
  node.kind === 'host' || node.kind === 'router' || node.kind === 'edge-gateway';

const otherAddress = (address: string): string =>
  address.includes(':')
    ? `${address.replace(/[0-9a-f]*$/i, '')}dead`
    : address.replace(/\d+$/, (last) => String((Number(last) + 97) % 250 || 1));

/** Everything that can be broken about a node. */
function ofNode(node: Node): readonly Possible[] {
  const { id } = node;
  const one = (what: string, how: (old: HostLike) => object) =>
    change<HostLike>('node', id, what, how);
  const interfaces = (node.interfaces ?? []).flatMap((item, at) => [
    one(`interface ${item.id} down`, (old) => ({
      interfaces: old.interfaces?.with(at, { ...item, state: 'down' }),
    })),
    ...(item.segment === undefined
      ? []
      : [
          one(`interface ${item.id} disconnected`, (old) => {
            const { segment: _segment, ...rest } = item;
            return { interfaces: old.interfaces?.with(at, rest) };
          }),
        ]),
    ...(item.addresses ?? []).slice(1).map((address) =>
      one(`address ${address} gone`, (old) => ({
        interfaces: old.interfaces?.with(at, {
          ...item,
          addresses: item.addresses?.filter((own) => own !== address) ?? [],
        }),
      })),
    ),
  ]);
  const routes = (node.routes ?? []).flatMap((route, at) => [
    one(`route ${route.destination} gone`, (old) => ({ routes: old.routes?.toSpliced(at, 1) })),
    ...(route.via === undefined
      ? []
      : [
          one(`route ${route.destination} by another hop`, (old) => ({
            routes: old.routes?.with(at, { ...route, via: otherAddress(route.via ?? '') }),
          })),
        ]),
  ]);
  const resolvers =
    'resolvers' in node && node.resolvers?.length
      ? [
          one('resolvers gone', () => ({ resolvers: [] })),
          one('another resolver', () => ({ resolvers: (node.resolvers ?? []).map(otherAddress) })),
        ]
      : [];
  const hypervisor =
    node.kind === 'hypervisor'
      ? [
          change<Node>('node', id, 'transport zones gone', () => ({ transportZones: [] })),
          change<Node>('node', id, 'VTEPs gone', () => ({ vteps: [] })),
        ]
      : [];
  return [
    change<Node>('node', id, 'state down', () => ({ state: 'down' })),
    ...interfaces,
    ...routes,
    ...resolvers,
    ...hypervisor,
    ...(isHost(node) ? ofHost(node) : []),
  ];
}

function ofHost(node: HostLike): readonly Possible[] {
  const { id } = node;
  const one = (what: string, how: (old: HostLike) => object) =>
    change<HostLike>('node', id, what, how);
  const withRules = (
    old: HostLike,
    at: number,
    rules: NonNullable<HostLike['firewall']>['rules'],
  ) =>
    old.firewall
      ? { firewall: { ...old.firewall, rules: old.firewall.rules.toSpliced(at, 1, ...rules) } }
      : {};
  const rules = (node.firewall?.rules ?? []).flatMap((rule, at) => [
    one(`rule ${rule.id} gone`, (old) => withRules(old, at, [])),
    one(`rule ${rule.id} off`, (old) => withRules(old, at, [{ ...rule, enabled: false }])),
    one(`rule ${rule.id} denies`, (old) => withRules(old, at, [{ ...rule, action: 'deny' }])),
  ]);
  const nat = (node.nat ?? []).flatMap((rule, at) => [
    one(`NAT ${rule.id} gone`, (old) => ({ nat: old.nat?.toSpliced(at, 1) })),
    one(`NAT ${rule.id} off`, (old) => ({ nat: old.nat?.with(at, { ...rule, enabled: false }) })),
    ...(rule.kind === 'dnat'
      ? [
          one(`NAT ${rule.id} to another`, (old) => ({
            nat: old.nat?.with(at, { ...rule, translated: otherAddress(rule.translated) }),
          })),
        ]
      : []),
  ]);
  const zones = node.dnsServer?.zones ?? [];
  const records = zones.flatMap((zone, place) =>
    zone.records.flatMap((record, at) => {
      const withRecords = (old: HostLike, now: typeof zone.records) =>
        old.dnsServer?.zones
          ? {
              dnsServer: {
                ...old.dnsServer,
                zones: old.dnsServer.zones.with(place, { ...zone, records: now }),
              },
            }
          : {};
      return [
        one(`record ${record.name} gone`, (old) => withRecords(old, zone.records.toSpliced(at, 1))),
        ...(record.type === 'CNAME'
          ? []
          : [
              one(`record ${record.name} elsewhere`, (old) =>
                withRecords(
                  old,
                  zone.records.with(at, { ...record, address: otherAddress(record.address) }),
                ),
              ),
            ]),
      ];
    }),
  );
  const forwarders = node.dnsServer?.forwarders
    ? [one('forwarders gone', (old) => ({ dnsServer: { ...old.dnsServer, forwarders: [] } }))]
    : [];
  const listeners = (node.listeners ?? []).map((listener, at) =>
    one(`listener ${listener.protocol} ${listener.port} gone`, (old) => ({
      listeners: old.listeners?.toSpliced(at, 1),
    })),
  );
  const proxy = node.httpProxy
    ? [
        one('proxy for nobody', (old) => ({
          httpProxy: { ...old.httpProxy, allowedSources: ['192.0.2.1'] },
        })),
        one('proxy to nowhere', (old) => ({
          httpProxy: { ...old.httpProxy, allowedDestinations: ['nowhere.example'] },
        })),
        one('proxy without CONNECT', (old) => ({
          httpProxy: { ...old.httpProxy, connectPorts: [8443] },
        })),
      ]
    : [];
  const shared = (node.virtualIps ?? []).map((ip, at) =>
    one(`shared address ${ip.address} gone`, (old) => ({
      virtualIps: old.virtualIps?.toSpliced(at, 1),
    })),
  );
  const tunnels = (node.ipsecTunnels ?? []).map((tunnel, at) =>
    one(`tunnel ${tunnel.id} off`, (old) => ({
      ipsecTunnels: old.ipsecTunnels?.with(at, { ...tunnel, enabled: false }),
    })),
  );
  return [
    ...rules,
    ...nat,
    ...records,
    ...forwarders,
    ...listeners,
    ...proxy,
    ...shared,
    ...tunnels,
  ];
}

/** Everything that can be broken about the design. Machines and networks stay; what is set about them does not. */
function possible(design: Design): readonly Possible[] {
  return [
    ...(design.nodes ?? []).flatMap(ofNode),
    ...(design.links ?? []).map(({ id }) =>
      change('link', id, 'state down', () => ({ state: 'down' })),
    ),
    ...(design.stretches ?? []).map(({ id }) =>
      change('stretch', id, 'state down', () => ({ state: 'down' })),
    ),
    ...(design.segments ?? []).map(({ id }) =>
      change('segment', id, 'MTU 1400', () => ({ mtu: 1400 })),
    ),
    ...(design.services ?? []).flatMap(({ id, selector, ports }) => [
      ...(selector
        ? [change('service', id, 'another selector', () => ({ selector: { app: 'nobody' } }))]
        : []),
      ...(ports?.length && selector
        ? [
            change('service', id, 'another target port', () => ({
              ports: ports.map((port) => ({ ...port, targetPort: 9999 })),
            })),
          ]
        : []),
    ]),
    ...(design.workloads ?? []).map(({ id, pods }) =>
      change('workload', id, 'pods not ready', () => ({
        pods: pods.map((pod) => ({ ...pod, state: 'not-ready' })),
      })),
    ),
    ...(design.ingresses ?? []).map(({ id }) =>
      change('ingress', id, 'rules gone', () => ({ rules: [] })),
    ),
    ...(design.flows ?? []).flatMap(({ id, proxy }) =>
      proxy
        ? [
            change('flow', id, 'another proxy', () => ({
              proxy: { ...proxy, host: otherAddress(proxy.host) },
            })),
          ]
        : [],
    ),
  ];
}

/** `count` things of the design broken at once. */
export function broken(design: Design, random: Random, count: number): Break {
  const all = [...possible(design)];
  const what: string[] = [];
  let now = design;
  const touched = new Set<string>();
  while (what.length < count && all.length > 0) {
    const [one] = all.splice(Math.floor(random() * all.length), 1);
    // Two changes of one entity would undo each other.
    if (!one || touched.has(`${one.kind} ${one.id}`)) continue;
    touched.add(`${one.kind} ${one.id}`);
    const key = collections[one.kind];
    const items = (now[key] ?? []) as readonly Entity[];
    const next = {
      ...now,
      [key]: items.map((item) => (item.id === one.id ? one.change(item) : item)),
    };
    if (referenceIssues(next).length > 0) continue;
    now = next;
    what.push(one.what);
  }
  return { what: what.join('; '), design: now };
}
