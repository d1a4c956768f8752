import type { FirewallRule, HostLike, NatRule, Node, Route } from '../design.ts';
import type { Path } from '../issue.ts';
import type { Scope } from './scope.ts';

export function checkNodes(scope: Scope): void {
  for (const { entity, path } of scope.survey.all('node')) checkNode(scope, entity, path);
}

function checkNode(scope: Scope, node: Node, path: Path): void {
  scope.refer('site', node.site, [...path, 'site']);
  scope.uniqueIn(node.interfaces, [...path, 'interfaces'], 'id');
  node.interfaces?.forEach(({ segment }, at) =>
    scope.refer('segment', segment, [...path, 'interfaces', at, 'segment']),
  );
  scope.uniqueIn(node.routes, [...path, 'routes'], 'id');
  node.routes?.forEach((route, at) => checkRoute(scope, node, route, [...path, 'routes', at]));
  if ('runsOn' in node) scope.referNode(node.runsOn, [...path, 'runsOn'], 'hypervisor');
  switch (node.kind) {
    case 'distributed-router':
      scope.refer('transport-zone', node.transportZone, [...path, 'transportZone']);
      return;
    case 'hypervisor':
      node.transportZones?.forEach((zone, at) =>
        scope.refer('transport-zone', zone, [...path, 'transportZones', at]),
      );
      node.vteps?.forEach((vtep, at) => scope.referInterface(node, vtep, [...path, 'vteps', at]));
      return;
    case 'l2-gateway':
      return;
    case 'host':
    case 'router':
    case 'edge-gateway':
      checkFunctions(scope, node, path);
      return;
    default:
      node satisfies never;
  }
}

function checkRoute(scope: Scope, node: Node, route: Route, path: Path): void {
  scope.referInterface(node, route.interface, [...path, 'interface']);
  const leaves = route.via !== undefined || route.interface !== undefined;
  if (leaves === (route.action === 'discard')) {
    const expected = 'either a next hop ("via", "interface" or both) or "action": "discard"';
    scope.report('inconsistent', path, expected, route);
  }
  scope.sameFamily(route.via, route.destination, [...path, 'via']);
}

function checkFunctions(scope: Scope, node: HostLike, path: Path): void {
  const rulesPath = [...path, 'firewall', 'rules'];
  scope.uniqueIn(node.firewall?.rules, rulesPath, 'id');
  node.firewall?.rules.forEach((rule, at) => checkRule(scope, node, rule, [...rulesPath, at]));

  scope.uniqueIn(node.nat, [...path, 'nat'], 'id');
  node.nat?.forEach((rule, at) => checkNatRule(scope, node, rule, [...path, 'nat', at]));

  scope.uniqueIn(node.loadBalancers, [...path, 'loadBalancers'], 'id');
  node.loadBalancers?.forEach(({ members }, at) =>
    scope.uniqueIn(members, [...path, 'loadBalancers', at, 'members'], 'id'),
  );
  scope.uniqueIn(node.ipsecTunnels, [...path, 'ipsecTunnels'], 'id');
  node.ipsecTunnels?.forEach(({ localAddress, peerAddress }, at) =>
    scope.sameFamily(peerAddress, localAddress, [...path, 'ipsecTunnels', at, 'peerAddress']),
  );
  scope.uniqueIn(node.virtualIps, [...path, 'virtualIps'], 'id');
  node.virtualIps?.forEach((virtualIp, at) =>
    scope.referInterface(node, virtualIp.interface, [...path, 'virtualIps', at, 'interface']),
  );
}

function checkRule(scope: Scope, node: Node, rule: FirewallRule, path: Path): void {
  const order = 'stageOrder' in node ? node.stageOrder : undefined;
  const isLinux = (order ?? (node.kind === 'edge-gateway' ? 'nsx-v' : 'linux')) === 'linux';
  if (rule.chain !== undefined && !isLinux) {
    const expected = 'no chain, since the stage order is nsx-v: one list is for all packets';
    scope.report('inconsistent', [...path, 'chain'], expected, rule.chain);
  }
  scope.referInterface(node, rule.inInterface, [...path, 'inInterface']);
  scope.referInterface(node, rule.outInterface, [...path, 'outInterface']);
  rule.services?.forEach(({ protocol, ports }, at) => {
    if (!ports || protocol === 'tcp' || protocol === 'udp') return;
    const expected = `no ports: ${protocol} has none`;
    scope.report('inconsistent', [...path, 'services', at, 'ports'], expected, ports);
  });
}

function checkNatRule(scope: Scope, node: Node, rule: NatRule, path: Path): void {
  scope.referInterface(node, rule.interface, [...path, 'interface']);
  scope.sameFamily(rule.translated, rule.original, [...path, 'translated']);
  if (rule.kind === 'snat') {
    scope.sameFamily(rule.destination, rule.original, [...path, 'destination']);
    return;
  }
  scope.sameFamily(rule.source, rule.original, [...path, 'source']);
  const hasPorts = rule.originalPorts !== undefined || rule.translatedPort !== undefined;
  if (!hasPorts || rule.protocol !== undefined) return;
  const expected = '"tcp" or "udp", since the rule names ports';
  scope.report('missing-key', [...path, 'protocol'], expected);
}
