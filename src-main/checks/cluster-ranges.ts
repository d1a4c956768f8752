import type { Cluster, Node } from '../model/design.ts';
import {
  ip,
  prefix,
  prefixContains,
  prefixCovers,
  prefixesOverlap,
  type Ip,
  type Prefix,
} from '../model/ip.ts';
import type { Asker, NetworkRef, RangeUse } from './facts.ts';
import { clash, finding, place, type Found, type Place } from './finding.ts';
import { faces, tunnelEnds } from './ipsec.ts';
import { isPrivatePrefix } from './view/address-kinds.ts';
import type { Domain } from './view/design-view.ts';
import { PrefixIndex } from './view/prefix-index.ts';
import type { Survey } from './view/survey.ts';
import { WaysTo } from './view/ways.ts';

/** A range that is in use somewhere: a subnet, or what a route leads to. */
interface Use {
  /** The network whose subnet it is. */
  readonly network: NetworkRef | undefined;
  readonly at: Place;
  /** Networks that the use is known on: one that has the subnet, those of the node that has the route. */
  readonly domains: readonly Domain[];
  readonly prefix: Prefix;
  /** The node whose route it is. */
  readonly node: string | undefined;
}

interface ClusterRange {
  readonly cluster: Cluster;
  readonly role: 'pod' | 'service';
  readonly prefix: Prefix;
  readonly at: Place;
}

/**
 * Pod and service ranges that share addresses with a network outside the cluster that its nodes could have to do with:
 * subnets, and what routes lead to (default routes and routes to the cluster itself aside). Private ranges count within
 * the cluster's own realm.
 */
export function* clusterRanges(survey: Survey): Generator<Found> {
  const clusters = survey.design.clusters ?? [];
  if (clusters.length === 0) return;
  const uses = new PrefixIndex(usesOf(survey).map((use) => ({ prefix: use.prefix, value: use })));
  for (const cluster of clusters) {
    const ranges = rangesOf(cluster);
    const realms = realmsOf(survey, cluster);
    for (const range of ranges) {
      const clashes = [...uses.overlapping(range.prefix)].filter(
        (use) => sharesRealm(survey, realms, range, use) && !leadsToCluster(survey, range, use),
      );
      if (clashes.length > 0) yield inUse(range, clashes);
      yield* swallowedResolvers(survey, range);
    }
    yield* ownOverlaps(cluster);
  }
}

function inUse(range: ClusterRange, clashes: readonly Use[]): Found {
  const { cluster, role, prefix: own, at } = range;
  return finding(
    'cluster-range-in-use',
    at,
    {
      cluster: cluster.id,
      role,
      range: own.text,
      uses: usesTold(clashes),
    },
    clashes.map((use) => use.at),
  );
}

function usesTold(clashes: readonly Use[]): RangeUse[] {
  const subnets = new Map<string, RangeUse>();
  const routes = new Map<string, string[]>();
  for (const { prefix: used, network, node } of clashes) {
    if (network !== undefined) {
      subnets.set(`${used.text} ${network}`, { kind: 'subnet', subnet: used.text, network });
    }
    if (node !== undefined) routes.set(used.text, [...(routes.get(used.text) ?? []), node]);
  }
  const routed = [...routes].map(([destination, nodes]) => ({
    kind: 'route' as const,
    destination,
    nodes,
  }));
  return [...subnets.values(), ...routed];
}

function usesOf({ domains, nodes, attachmentsOf, staticRoutes }: Survey): Use[] {
  const subnets = domains.flatMap((domain) =>
    domain.subnets.map((subnet) => ({
      at: subnet.at,
      domains: [domain],
      prefix: subnet.prefix,
      network: domain.ref,
      node: undefined,
    })),
  );
  const routes = nodes.flatMap((node) =>
    staticRoutes(node).flatMap(({ destination, discards, index }) => {
      if (destination.length === 0 || discards) return [];
      const around = attachmentsOf(node.id).flatMap(({ domain }) => domain ?? []);
      return [
        {
          at: place('node', node.id, 'routes', index),
          domains: around,
          prefix: destination,
          network: undefined,
          node: node.id,
        },
      ];
    }),
  );
  return [...subnets, ...routes].filter((use) => use.prefix.length > 0);
}

function rangesOf(cluster: Cluster): ClusterRange[] {
  const of = (role: 'pod' | 'service', key: 'podCidrs' | 'serviceCidrs') =>
    cluster[key].map((cidr, index) => ({
      cluster,
      role,
      prefix: prefix(cidr),
      at: place('cluster', cluster.id, key, index),
    }));
  const known = [...of('pod', 'podCidrs'), ...of('service', 'serviceCidrs')];
  const pools = (cluster.calico?.ipPools ?? []).flatMap((pool, index) =>
    pool.disabled || known.some((range) => prefixCovers(range.prefix, prefix(pool.cidr)))
      ? []
      : [
          {
            cluster,
            role: 'pod' as const,
            prefix: prefix(pool.cidr),
            at: place('cluster', cluster.id, 'calico', 'ipPools', index, 'cidr'),
          },
        ],
  );
  return [...known, ...pools];
}

type RealmKeys = ReadonlySet<string>;
const realmKey = (survey: Survey, family: 4 | 6, domain: Domain) =>
  `${family} ${survey.realm(family, domain)}`;

function realmsOf(survey: Survey, cluster: Cluster): RealmKeys {
  return new Set(
    cluster.nodes.flatMap((member) =>
      survey
        .attachmentsOf(member.node)
        .flatMap(({ domain }) =>
          domain ? [realmKey(survey, 4, domain), realmKey(survey, 6, domain)] : [],
        ),
    ),
  );
}

function sharesRealm(survey: Survey, realms: RealmKeys, range: ClusterRange, use: Use): boolean {
  if (!isPrivatePrefix(range.prefix)) return true;
  const { family } = range.prefix.network;
  return use.domains.some((domain) => realms.has(realmKey(survey, family, domain)));
}

/**
 * A route that leads to a node of the cluster, or into a tunnel that ends at one, announces the range; it is no other use
 * of it.
 */
function leadsToCluster(survey: Survey, range: ClusterRange, use: Use): boolean {
  if (use.node === undefined) return false;
  const members = new Set(range.cluster.nodes.map((member) => member.node));
  if (members.has(use.node)) return true;
  const start = survey.node(use.node);
  if (!start) return false;
  const inner = use.prefix.length >= range.prefix.length ? use.prefix : range.prefix;
  const leads = (from: Node, isGoal: (node: Node) => boolean) => {
    const ways = new WaysTo(survey, survey.routesOf, inner.network, isGoal);
    return ways.arrivesFrom(from) && ways.firstWay(from).nodes.some(isGoal);
  };
  const isMember = (node: Node) => members.has(node.id);
  const ends = tunnelEnds(survey.nodes);
  const opensTunnel = (node: Node) =>
    ends.some(
      (end) =>
        end.node.id === node.id &&
        end.tunnel.remoteSubnets.some((text) => prefixCovers(prefix(text), inner)) &&
        ends.some((far) => faces(end, far) && (isMember(far.node) || leads(far.node, isMember))),
    );
  return leads(start, (node) => isMember(node) || opensTunnel(node));
}

/** DNS servers outside that nodes or the cluster DNS ask, and that the range takes for its own. */
function* swallowedResolvers(survey: Survey, range: ClusterRange): Generator<Found> {
  const { cluster, role, prefix: own, at } = range;
  const inside = clusterAddresses(survey, cluster);
  const users = new Map<string, { resolver: string; user: Asker; at: Place }>();
  const look = (texts: readonly string[] | undefined, user: Asker, where: (at: number) => Place) =>
    texts?.forEach((text, index) => {
      const address: Ip = ip(text);
      if (!prefixContains(own, address) || inside.has(address.text)) return;
      users.set(`${JSON.stringify(user)} ${index}`, {
        resolver: address.text,
        user,
        at: where(index),
      });
    });
  for (const member of cluster.nodes) {
    const node = survey.node(member.node);
    if (!node || !('resolvers' in node)) continue;
    look(node.resolvers, { kind: 'node', node: node.id }, (index) =>
      place('node', node.id, 'resolvers', index),
    );
  }
  look(cluster.dns?.forwarders, { kind: 'cluster-dns', cluster: cluster.id }, (index) =>
    place('cluster', cluster.id, 'dns', 'forwarders', index),
  );
  if (users.size === 0) return;
  const all = [...users.values()];
  yield finding(
    'cluster-range-swallows-resolver',
    at,
    {
      cluster: cluster.id,
      role,
      range: own.text,
      resolvers: [...new Set(all.map((one) => one.resolver))],
      users: [...new Map(all.map(({ user }) => [JSON.stringify(user), user])).values()],
    },
    all.map((one) => one.at),
  );
}

/** Addresses of the cluster's own services and pods. */
function clusterAddresses({ design }: Survey, cluster: Cluster): ReadonlySet<string> {
  const services = (design.services ?? []).filter((service) => service.cluster === cluster.id);
  const pods = (design.workloads ?? [])
    .filter((workload) => workload.cluster === cluster.id)
    .flatMap((workload) => workload.pods);
  return new Set(
    [
      ...services.flatMap((service) => service.clusterIps ?? []),
      ...pods.flatMap((pod) => pod.addresses ?? []),
    ].map((text) => ip(text).text),
  );
}

function* ownOverlaps(cluster: Cluster): Generator<Found> {
  for (const [index, serviceRange] of cluster.serviceCidrs.entries()) {
    for (const [podIndex, podRange] of cluster.podCidrs.entries()) {
      if (!prefixesOverlap(prefix(serviceRange), prefix(podRange))) continue;
      yield clash(
        'cluster-ranges-overlap',
        place('cluster', cluster.id, 'serviceCidrs', index),
        { cluster: cluster.id, podRange, serviceRange },
        [place('cluster', cluster.id, 'podCidrs', podIndex)],
      );
    }
  }
}
