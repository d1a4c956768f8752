import type { Cluster, DnsServer, Node } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import { code, toned, type Block, type Line, type Row, type Section } from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { linesOf } from './lines.ts';
import { ownersOf, withOwner, type Owners } from './owners.ts';

/** What name servers know, whom they ask for the rest, and who asks whom. */
export function nameService(speaker: Speaker): Section | undefined {
  const { design, t } = speaker;
  const owners = ownersOf(speaker);
  const servers = (design.nodes ?? []).flatMap((node) =>
    'dnsServer' in node ? [{ node, dns: node.dnsServer }] : [],
  );
  const blocks = [
    zones(speaker, servers),
    forwarding(speaker, owners, servers),
    clusters(speaker, owners),
    clients(speaker, owners),
  ].filter((block) => block !== undefined);
  return blocks.length === 0
    ? undefined
    : { id: 'names', title: t.dns.title, onNewPage: true, blocks };
}

interface Server {
  readonly node: Node;
  readonly dns: DnsServer;
}

/** Equal ones together. */
const grouped = <One>(all: readonly One[], by: (one: One) => unknown): readonly One[][] => [
  ...Map.groupBy(all, (one) => JSON.stringify(by(one))).values(),
];

const namesOf = ({ node: name }: Speaker, nodes: readonly Node[]): Line =>
  linesOf(nodes.map(({ id }) => [name(id)]));

const addressLines = (owners: Owners, addresses: readonly string[]): Line =>
  linesOf(addresses.map((address) => withOwner(owners, address)));

function zones(speaker: Speaker, servers: readonly Server[]): Block | undefined {
  const { t } = speaker;
  const serving = servers.filter(({ dns }) => (dns.zones ?? []).length > 0);
  if (serving.length === 0) return undefined;
  const rowsOf = (dns: DnsServer): readonly (readonly Line[])[] =>
    (dns.zones ?? []).flatMap(({ name, records }) => {
      const zone: Line = [code(visibleText(name))];
      if (records.length === 0) return [[zone, [t.dns.noRecords], [], []]];
      return records.map((record, at): readonly Line[] => [
        at === 0 ? zone : [],
        [code(visibleText(record.name))],
        [record.type],
        [code(record.type === 'CNAME' ? visibleText(record.target) : record.address)],
      ]);
    });
  return {
    kind: 'table',
    caption: t.dns.zones,
    columns: [
      { label: t.dns.server },
      { label: t.dns.zone },
      { label: t.name },
      { label: t.type },
      { label: t.dns.value },
    ],
    rows: grouped(serving, ({ dns }) => dns.zones).flatMap((group) =>
      firstOf(
        namesOf(
          speaker,
          group.map(({ node }) => node),
        ),
        group[0] ? rowsOf(group[0].dns) : [],
      ),
    ),
  };
}

/** Rows whose first cell stands in the first of them. */
const firstOf = (first: Line, rows: readonly (readonly Line[])[]): readonly Row[] =>
  rows.map((cells, at) => ({ cells: [at === 0 ? first : [], ...cells] }));

function forwarding(
  speaker: Speaker,
  owners: Owners,
  servers: readonly Server[],
): Block | undefined {
  const { t } = speaker;
  if (servers.length === 0) return undefined;
  const rowsOf = ({ conditionalForwarders = [], forwarders = [] }: DnsServer) => [
    ...conditionalForwarders.map(({ domain, servers: asked }): readonly Line[] => [
      [code(visibleText(domain))],
      addressLines(owners, asked),
    ]),
    [
      [t.dns.everyOther],
      forwarders.length === 0
        ? [toned('faint', t.dns.notForwarded)]
        : addressLines(owners, forwarders),
    ],
  ];
  return {
    kind: 'table',
    caption: t.dns.forwarding,
    columns: [{ label: t.dns.server }, { label: t.dns.names }, { label: t.dns.asked }],
    rows: grouped(servers, ({ dns }) => rowsOf(dns)).flatMap((group) =>
      firstOf(
        namesOf(
          speaker,
          group.map(({ node }) => node),
        ),
        group[0] ? rowsOf(group[0].dns) : [],
      ),
    ),
  };
}

function clusters(speaker: Speaker, owners: Owners): Block | undefined {
  const { design, t } = speaker;
  const own = (design.clusters ?? []).filter(({ dns }) => dns !== undefined);
  if (own.length === 0) return undefined;
  const row = (cluster: Cluster): Row => {
    const { domain = 'cluster.local', service = '', forwarders } = cluster.dns ?? {};
    const found = design.services?.find(({ id }) => id === service);
    return {
      cells: [
        [visibleText(cluster.name ?? cluster.id)],
        [code(visibleText(domain))],
        [
          visibleText(found?.name ?? service),
          ...(found?.clusterIps ?? []).flatMap((address): Line => [' ', code(address)]),
        ],
        forwarders === undefined ? [t.dns.ofNode] : addressLines(owners, forwarders),
      ],
    };
  };
  return {
    kind: 'table',
    caption: t.dns.ofClusters,
    columns: [
      { label: t.dns.cluster },
      { label: t.dns.domain },
      { label: t.dns.podsAsk },
      { label: t.dns.otherNames },
    ],
    rows: own.map(row),
  };
}

function clients(speaker: Speaker, owners: Owners): Block | undefined {
  const { design, t } = speaker;
  const asking = (design.nodes ?? []).filter(isClient);
  if (!asking.some(({ resolvers }) => resolvers !== undefined)) return undefined;
  return {
    kind: 'table',
    caption: t.dns.clients,
    columns: [{ label: t.dns.asked }, { label: t.dns.searchDomains }, { label: t.dns.asking }],
    rows: grouped(asking, ({ resolvers = [], searchDomains = [] }) => [
      resolvers,
      searchDomains,
    ]).map((group) => {
      const { resolvers = [], searchDomains = [] } = group[0] ?? {};
      return {
        cells: [
          resolvers.length === 0 ? [toned('faint', t.dns.nobody)] : addressLines(owners, resolvers),
          [searchDomains.length === 0 ? t.none : code(searchDomains.map(visibleText).join(', '))],
          [group.map(({ id }) => speaker.node(id)).join(', ')],
        ],
      };
    }),
  };
}

type Client = Exclude<Node, { kind: 'distributed-router' | 'l2-gateway' }>;
const isClient = (node: Node): node is Client =>
  node.kind !== 'distributed-router' && node.kind !== 'l2-gateway';
