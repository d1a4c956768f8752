import type { HostLike, NatRule, Node } from '../model/design.ts';
import { forwards } from '../model/forwarding.ts';
import {
  hostPrefix,
  parseAddressMatch,
  prefixRange,
  rangeContains,
  type Ip,
  type IpRange,
} from '../model/ip.ts';
import { finding, place, type Found, type Place } from './finding.ts';
import { acceptors } from './space/acceptors.ts';
import { everyService, servicesNamed } from './space/rule-regions.ts';
import { isStateful, type Attachment, type Domain } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';
import { WaysTo } from './view/ways.ts';

interface Client {
  readonly node: Node;
  readonly address: Ip;
}
interface Server {
  readonly node: Node;
  readonly address: Ip;
}

/** Clients tried for one edge: of each network next to it the first few stand for the others. */
const clientsTried = 6;

/**
 * Connections whose reply does not pass the stateful node that let the request in and kept its source. Two nodes are
 * followed both ways by their tables: a client on a network next to the edge (or on the internet), and the target of a
 * DNAT, or a host on a network with two stateful gateways. Told only where each way is the only one, the request passes
 * the edge, the edge's rules let something through, and no SNAT of the edge takes the client's address for itself.
 */
export function* replyPaths(survey: Survey): Generator<Found> {
  const ways = waysOf(survey);
  const told = new Set<string>();
  for (const edge of survey.nodes) {
    if (!('nat' in edge || 'firewall' in edge || edge.kind === 'edge-gateway')) continue;
    if (!isHostLike(edge) || !isStateful(edge) || !forwards(edge)) continue;
    for (const found of [...byDnat(survey, ways, edge), ...byNetwork(survey, ways, edge)]) {
      // The same two nodes and edges the other way round are the same fault.
      const { edge: one, other, source, target } = found.detail;
      const key = JSON.stringify([
        [one, other].sort(),
        [source, target].map(({ node, address }) => `${node} ${address}`).sort(),
      ]);
      if (told.has(key)) continue;
      told.add(key);
      yield found;
    }
  }
}

const isHostLike = (node: Node): node is HostLike =>
  node.kind === 'host' || node.kind === 'router' || node.kind === 'edge-gateway';

type Ways = (target: Ip) => WaysTo;

function waysOf(survey: Survey): Ways {
  const known = new Map<string, WaysTo>();
  return (target) => {
    let ways = known.get(target.text);
    if (!ways) {
      ways = new WaysTo(survey, survey.routesOf, target);
      known.set(target.text, ways);
    }
    return ways;
  };
}

function* byDnat(survey: Survey, ways: Ways, edge: HostLike) {
  for (const [index, rule] of (edge.nat ?? []).entries()) {
    if (rule.kind !== 'dnat' || rule.enabled === false || rule.original === 'any') continue;
    const original = parseAddressMatch(rule.original)?.[0]?.from;
    const target = parseAddressMatch(rule.translated)?.[0]?.from;
    const server = target && serverAt(survey, target);
    if (!original || !server || server.node === edge) continue;
    const facing = survey
      .attachmentsOf(edge.id)
      .filter(({ item }) => rule.interface === undefined || rule.interface === item.id);
    for (const client of clientsOf(survey, edge, facing)) {
      if (!isFrom(rule, client.address)) continue;
      const request = ways(original).onlyWay(client.node);
      if (request?.at(-1) !== edge || !letsIn(edge, facing, rule, original, server)) continue;
      const other = otherWayBack(survey, ways, edge, client, server);
      if (!other) continue;
      const at = place('node', edge.id, 'nat', index);
      yield tell(at, edge, client, server, other, `${index + 1} ${rule.name ?? rule.id}`);
      break;
    }
  }
}

function isFrom(rule: Extract<NatRule, { kind: 'dnat' }>, address: Ip): boolean {
  const sources = parseAddressMatch(rule.source ?? 'any') ?? [];
  return sources.some((range) => rangeContains(range, address));
}

function letsIn(
  edge: HostLike,
  facing: readonly Attachment[],
  rule: Extract<NatRule, { kind: 'dnat' }>,
  original: Ip,
  server: Server,
): boolean {
  const { protocol, originalPorts, translatedPort } = rule;
  const named = (ports: typeof originalPorts) =>
    servicesNamed(protocol && [{ protocol, ...(ports ? { ports } : {}) }]);
  const one = (address: Ip): IpRange => prefixRange(hostPrefix(address));
  const inInterfaces = facing.map(({ item }) => item.id);
  const before = { destinations: [one(original)], services: named(originalPorts), inInterfaces };
  const after = {
    destinations: [one(server.address)],
    services: named(translatedPort === undefined ? originalPorts : [translatedPort]),
    inInterfaces,
  };
  return acceptors(edge, before).length > 0 || acceptors(edge, after).length > 0;
}

/** A network with several stateful gateways: hosts that answer by one of them what came in by another. */
function* byNetwork(survey: Survey, ways: Ways, edge: HostLike) {
  for (const inner of survey.attachmentsOf(edge.id)) {
    const { domain } = inner;
    if (!domain || domain.internet || !hasOtherGateway(domain, edge)) continue;
    const outer = survey.attachmentsOf(edge.id).filter((one) => one.domain !== domain);
    const clients = clientsOf(survey, edge, outer);
    for (const server of serversOn(domain)) {
      for (const client of clients) {
        if (client.node === server.node || client.address.family !== server.address.family)
          continue;
        const request = ways(server.address).onlyWay(client.node);
        if (!request?.includes(edge)) continue;
        const inInterfaces = outer.map(({ item }) => item.id);
        const destinations = [prefixRange(hostPrefix(server.address))];
        if (
          acceptors(edge, { destinations, services: [everyService], inInterfaces }).length === 0
        ) {
          continue;
        }
        const other = otherWayBack(survey, ways, edge, client, server);
        if (!other || !isStateful(other)) continue;
        const at = place('node', edge.id, 'interfaces', inner.index);
        yield tell(at, edge, client, server, other, undefined);
        break;
      }
    }
  }
}

const hasOtherGateway = (domain: Domain, edge: Node): boolean =>
  domain.attachments.some(({ node }) => node !== edge && forwards(node) && isStateful(node));

/** Hosts of a network; of those with the same routes one stands for all. */
function serversOn(domain: Domain): Server[] {
  const servers = new Map<string, Server>();
  for (const { node, addresses } of domain.attachments) {
    const [address] = addresses;
    if (node.kind !== 'host' || forwards(node) || !address) continue;
    const key = JSON.stringify(
      (node.routes ?? []).map(({ destination, via, interface: out }) => [destination, via, out]),
    );
    if (!servers.has(key)) servers.set(key, { node, address: address.ip });
  }
  return [...servers.values()];
}

function serverAt(survey: Survey, address: Ip): Server | undefined {
  const [owner] = survey.ownersAnywhere(address);
  return owner && { node: owner.node, address };
}

/** Nodes on the networks next to the edge, and where there is an internet, one on it. */
function clientsOf(survey: Survey, edge: Node, facing: readonly Attachment[]): Client[] {
  const networks = new Set(facing.flatMap(({ domain }) => domain ?? []));
  const internet = survey.domains.filter((domain) => domain.internet);
  return [...networks, ...internet].flatMap((domain) =>
    domain.attachments
      .filter(({ node }) => node !== edge && !isStateful(node) && node.kind !== 'hypervisor')
      .flatMap(({ node, addresses }) => addresses.map((address) => ({ node, address: address.ip })))
      .slice(0, clientsTried),
  );
}

/** The stateful node, else the first router, by which the server's reply leaves without passing the edge. */
function otherWayBack(
  survey: Survey,
  ways: Ways,
  edge: HostLike,
  client: Client,
  server: Server,
): Node | undefined {
  if (client.address.family !== server.address.family) return undefined;
  if (isTranslated(survey, edge, client.address, server.address)) return undefined;
  const towards = ways(client.address);
  const back = towards.onlyWay(server.node);
  if (!back || back.includes(edge) || !towards.arrivesFrom(server.node)) return undefined;
  const between = back.filter((node) => node !== server.node && node !== client.node);
  return between.find(isStateful) ?? between[0];
}

/** Whether the edge may give requests of the client a source of its own, to which replies come back by themselves. */
function isTranslated(survey: Survey, edge: HostLike, client: Ip, server: Ip): boolean {
  const out = survey
    .routesOf(edge)(server)
    .flatMap((way) => (way.kind === 'discard' ? [] : [way.out.item.id]));
  const holds = (text: string, address: Ip) =>
    (parseAddressMatch(text) ?? []).some((range) => rangeContains(range, address));
  return (edge.nat ?? []).some(
    (rule) =>
      rule.kind === 'snat' &&
      rule.enabled !== false &&
      (rule.interface === undefined || out.includes(rule.interface)) &&
      holds(rule.original, client) &&
      (rule.destination === undefined || holds(rule.destination, server)),
  );
}

function tell(
  at: Place,
  edge: Node,
  client: Client,
  server: Server,
  other: Node,
  rule: string | undefined,
) {
  const holder = ({ node, address }: Client | Server) => ({
    node: node.id,
    address: address.text,
  });
  const detail = {
    source: holder(client),
    target: holder(server),
    edge: edge.id,
    other: other.id,
  };
  return finding('reply-by-other-edge', at, rule === undefined ? detail : { ...detail, rule }, [
    place('node', other.id),
    place('node', server.node.id),
  ]);
}
