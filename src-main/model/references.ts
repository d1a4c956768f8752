import type { Cluster, Design, FlowSource, Node, NodeKind } from './design.ts';
import { collections, entityKinds, parseEntityRef, type EntityKind } from './ids.ts';
import { parseInterfaceAddress, parseIp, parsePrefix } from './ip.ts';
import { designIssue, type DesignIssue } from './issue.ts';

type Path = readonly (string | number)[];
type WithId = { readonly id: string };

/** Ids that are used twice, and ids that nothing has: everything that a validator of one entity cannot see. */
export function referenceIssues(design: Design): DesignIssue[] {
  const issues: DesignIssue[] = [];
  const byKind = new Map<EntityKind, Map<string, number>>();

  const unique = (items: readonly WithId[], path: Path): Map<string, number> => {
    const seen = new Map<string, number>();
    items.forEach((item, index) => {
      const first = seen.get(item.id);
      if (first === undefined) seen.set(item.id, index);
      else {
        const expected = `an id of its own; ${[...path, first].join('.')} has it already`;
        issues.push(designIssue('duplicate-id', [...path, index, 'id'], expected, item.id));
      }
    });
    return seen;
  };
  for (const kind of entityKinds) {
    const key = collections[kind];
    byKind.set(kind, unique(design[key] ?? [], [key]));
  }

  const has = (kind: EntityKind, id: string) => byKind.get(kind)?.has(id) ?? false;
  const refer = (kind: EntityKind, id: string | undefined, path: Path): boolean => {
    if (id === undefined || has(kind, id)) return true;
    issues.push(designIssue('dangling-id', path, `the id of a ${kind} of this design`, id));
    return false;
  };
  const nodes = design.nodes ?? [];
  const nodeOf = (id: string): Node | undefined => nodes[byKind.get('node')?.get(id) ?? -1];
  const referNode = (id: string | undefined, path: Path, ...kinds: readonly NodeKind[]) => {
    if (id === undefined || !refer('node', id, path)) return;
    const found = nodeOf(id);
    if (found && kinds.length > 0 && !kinds.includes(found.kind)) {
      const expected = `a node of kind ${kinds.join(' or ')}; ${id} is a ${found.kind}`;
      issues.push(designIssue('inconsistent', path, expected, id));
    }
  };
  const referInterface = (node: Node | undefined, id: string | undefined, path: Path) => {
    if (!node || id === undefined) return;
    if (!node.interfaces?.some((candidate) => candidate.id === id)) {
      issues.push(designIssue('dangling-id', path, `the id of an interface of ${node.id}`, id));
    }
  };

  design.sites?.forEach((site, index) => {
    const path = ['sites', index, 'parent'];
    if (!refer('site', site.parent, path)) return;
    const seen = new Set([site.id]);
    for (let up = site.parent; up !== undefined;) {
      if (seen.has(up)) {
        const expected = 'a site outside this one; sites contain each other in a circle';
        issues.push(designIssue('inconsistent', path, expected, site.parent));
        return;
      }
      seen.add(up);
      up = design.sites?.[byKind.get('site')?.get(up) ?? -1]?.parent;
    }
  });

  design.segments?.forEach((segment, index) => {
    const path = ['segments', index];
    refer('site', segment.site, [...path, 'site']);
    if (segment.kind === 'vxlan') {
      refer('transport-zone', segment.transportZone, [...path, 'transportZone']);
    }
    segment.subnets?.forEach((subnet, at) => {
      const gateway = subnet.gateway && parseIp(subnet.gateway);
      if (gateway && parsePrefix(subnet.cidr)?.network.family !== gateway.family) {
        const expected = `an address of the same family as ${subnet.cidr}`;
        const place = [...path, 'subnets', at, 'gateway'];
        issues.push(designIssue('inconsistent', place, expected, subnet.gateway));
      }
    });
  });

  nodes.forEach((node, index) => checkNode(node, ['nodes', index]));

  function checkNode(node: Node, path: Path): void {
    refer('site', node.site, [...path, 'site']);
    unique(node.interfaces ?? [], [...path, 'interfaces']);
    node.interfaces?.forEach((item, at) => {
      refer('segment', item.segment, [...path, 'interfaces', at, 'segment']);
    });
    node.routes?.forEach((route, at) => {
      const place = [...path, 'routes', at];
      referInterface(node, route.interface, [...place, 'interface']);
      const leaves = route.via !== undefined || route.interface !== undefined;
      if (leaves === (route.action === 'discard')) {
        const expected = 'either a next hop ("via", "interface" or both) or "action": "discard"';
        issues.push(designIssue('inconsistent', place, expected, route));
      }
      const via = route.via === undefined ? undefined : parseIp(route.via);
      if (via && parsePrefix(route.destination)?.network.family !== via.family) {
        const expected = `an address of the same family as ${route.destination}`;
        issues.push(designIssue('inconsistent', [...place, 'via'], expected, route.via));
      }
    });
    unique(
      (node.routes ?? []).flatMap((route) => (route.id === undefined ? [] : [{ id: route.id }])),
      [...path, 'routes'],
    );
    if ('runsOn' in node) referNode(node.runsOn, [...path, 'runsOn'], 'hypervisor');
    switch (node.kind) {
      case 'distributed-router':
        refer('transport-zone', node.transportZone, [...path, 'transportZone']);
        return;
      case 'hypervisor':
        node.transportZones?.forEach((zone, at) =>
          refer('transport-zone', zone, [...path, 'transportZones', at]),
        );
        node.vteps?.forEach((vtep, at) => referInterface(node, vtep, [...path, 'vteps', at]));
        return;
      case 'l2-gateway':
        return;
      case 'host':
      case 'router':
      case 'edge-gateway':
        checkFunctions(node, path);
        return;
      default:
        node satisfies never;
    }
  }

  function checkFunctions(
    node: Extract<Node, { kind: 'host' | 'router' | 'edge-gateway' }>,
    path: Path,
  ): void {
    const rules = node.firewall?.rules ?? [];
    unique(rules, [...path, 'firewall', 'rules']);
    rules.forEach((rule, at) => {
      const place = [...path, 'firewall', 'rules', at];
      referInterface(node, rule.inInterface, [...place, 'inInterface']);
      referInterface(node, rule.outInterface, [...place, 'outInterface']);
      rule.services?.forEach((service, serviceAt) => {
        if (service.ports && service.protocol !== 'tcp' && service.protocol !== 'udp') {
          const expected = `no ports: ${service.protocol} has none`;
          const portsPlace = [...place, 'services', serviceAt, 'ports'];
          issues.push(designIssue('inconsistent', portsPlace, expected, service.ports));
        }
      });
    });
    unique(node.nat ?? [], [...path, 'nat']);
    node.nat?.forEach((rule, at) => {
      const place = [...path, 'nat', at];
      referInterface(node, rule.interface, [...place, 'interface']);
      const portsWithoutProtocol =
        rule.kind === 'dnat' &&
        rule.protocol === undefined &&
        (rule.originalPorts !== undefined || rule.translatedPort !== undefined);
      if (portsWithoutProtocol) {
        const expected = '"tcp" or "udp", since the rule names ports';
        issues.push(designIssue('missing-key', [...place, 'protocol'], expected));
      }
    });
    unique(node.loadBalancers ?? [], [...path, 'loadBalancers']);
    node.loadBalancers?.forEach((balancer, at) =>
      unique(balancer.members, [...path, 'loadBalancers', at, 'members']),
    );
    unique(node.virtualIps ?? [], [...path, 'virtualIps']);
    node.virtualIps?.forEach((virtualIp, at) =>
      referInterface(node, virtualIp.interface, [...path, 'virtualIps', at, 'interface']),
    );
  }

  const linkEnds = new Map<string, string>();
  design.links?.forEach((link, index) => {
    for (const side of ['a', 'b'] as const) {
      const end = link[side];
      const path = ['links', index, side];
      referNode(end.node, [...path, 'node']);
      const node = nodeOf(end.node);
      referInterface(node, end.interface, [...path, 'interface']);
      const joined = node?.interfaces?.find((item) => item.id === end.interface);
      const key = `${end.node}/${end.interface}`;
      const other = linkEnds.get(key);
      if (joined?.segment !== undefined || other !== undefined) {
        const expected = `an interface that is not connected yet; it is on ${joined?.segment ?? other}`;
        issues.push(designIssue('inconsistent', [...path, 'interface'], expected, end.interface));
      }
      linkEnds.set(key, link.id);
    }
  });

  design.stretches?.forEach((stretch, index) => {
    for (const side of ['a', 'b'] as const) {
      const end = stretch[side];
      const path = ['stretches', index, side];
      refer('segment', end.segment, [...path, 'segment']);
      referNode(end.gateway, [...path, 'gateway'], 'l2-gateway');
      const gateway = nodeOf(end.gateway);
      referInterface(gateway, end.uplink, [...path, 'uplink']);
      if (gateway && !gateway.interfaces?.some((item) => item.segment === end.segment)) {
        const expected = `a segment that ${gateway.id} has an interface on`;
        issues.push(designIssue('inconsistent', [...path, 'segment'], expected, end.segment));
      }
    }
  });

  const clusters = new Map<string, Cluster>();
  design.clusters?.forEach((cluster, index) => {
    const path = ['clusters', index];
    clusters.set(cluster.id, cluster);
    cluster.nodes.forEach((member, at) => {
      referNode(member.node, [...path, 'nodes', at, 'node'], 'host', 'router');
    });
    unique(
      cluster.nodes.map((member) => ({ id: member.node })),
      [...path, 'nodes'],
    );
    unique(cluster.calico?.ipPools ?? [], [...path, 'calico', 'ipPools']);
    cluster.calico?.blocks?.forEach((block, at) =>
      referMember(cluster, block.node, [...path, 'calico', 'blocks', at, 'node']),
    );
    unique(
      (cluster.namespaces ?? []).map((namespace) => ({ id: namespace.name })),
      [...path, 'namespaces'],
    );
    refer('service', cluster.dns?.service, [...path, 'dns', 'service']);
    refer('workload', cluster.ingressController?.workload, [
      ...path,
      'ingressController',
      'workload',
    ]);
  });

  function referMember(cluster: Cluster, node: string, path: Path): void {
    if (cluster.nodes.some((member) => member.node === node)) return;
    issues.push(designIssue('dangling-id', path, `a member node of cluster ${cluster.id}`, node));
  }

  const pods = new Map<string, Path>();
  design.workloads?.forEach((workload, index) => {
    const path = ['workloads', index];
    refer('cluster', workload.cluster, [...path, 'cluster']);
    const cluster = clusters.get(workload.cluster);
    workload.pods.forEach((pod, at) => {
      const place = [...path, 'pods', at];
      if (cluster) referMember(cluster, pod.node, [...place, 'node']);
      const first = pods.get(pod.id);
      if (first) {
        const expected = `an id of its own; ${first.join('.')} has it already`;
        issues.push(designIssue('duplicate-id', [...place, 'id'], expected, pod.id));
      }
      pods.set(pod.id, place);
      if (!workload.hostNetwork && (pod.addresses?.length ?? 0) === 0) {
        const expected = 'at least one address, since the workload is not on the host network';
        issues.push(designIssue('missing-key', [...place, 'addresses'], expected));
      }
    });
  });
  const referPod = (id: string, path: Path) => {
    if (pods.has(id)) return;
    issues.push(designIssue('dangling-id', path, 'the id of a pod of this design', id));
  };

  for (const kind of ['service', 'ingress', 'network-policy'] as const) {
    const key = collections[kind];
    design[key]?.forEach((item, index) => refer('cluster', item.cluster, [key, index, 'cluster']));
  }
  design.services?.forEach((service, index) => {
    if (service.type === 'ExternalName' && service.externalName === undefined) {
      const expected = 'a DNS name, since the type is ExternalName';
      issues.push(designIssue('missing-key', ['services', index, 'externalName'], expected));
    }
  });

  const referSource = (source: FlowSource, path: Path) => {
    switch (source.kind) {
      case 'node':
        referNode(source.node, [...path, 'node']);
        return;
      case 'pod':
        referPod(source.pod, [...path, 'pod']);
        return;
      case 'address':
        refer('segment', source.segment, [...path, 'segment']);
        return;
      default:
        source satisfies never;
    }
  };
  design.groups?.forEach((group, index) => {
    group.members.forEach((member, at) => {
      const path = ['groups', index, 'members', at];
      switch (member.kind) {
        case 'workload':
          refer('workload', member.workload, [...path, 'workload']);
          return;
        case 'segment':
          refer('segment', member.segment, [...path, 'segment']);
          return;
        case 'site':
          refer('site', member.site, [...path, 'site']);
          return;
        default:
          referSource(member, path);
      }
    });
  });
  design.flows?.forEach((flow, index) => {
    const path = ['flows', index];
    referSource(flow.from, [...path, 'from']);
    if (flow.from.kind === 'node' && flow.from.address !== undefined) {
      const address = flow.from.address;
      const own = nodeOf(flow.from.node)?.interfaces?.flatMap((item) => item.addresses ?? []) ?? [];
      if (!own.some((text) => parseInterfaceAddress(text)?.ip.text === parseIp(address)?.text)) {
        const expected = `an address of node ${flow.from.node}`;
        issues.push(designIssue('dangling-id', [...path, 'from', 'address'], expected, address));
      }
    }
    const { to } = flow;
    switch (to.kind) {
      case 'node':
        referNode(to.node, [...path, 'to', 'node']);
        break;
      case 'pod':
        referPod(to.pod, [...path, 'to', 'pod']);
        break;
      case 'service':
        refer('service', to.service, [...path, 'to', 'service']);
        break;
      case 'url':
      case 'name':
      case 'address':
        break;
      default:
        to satisfies never;
    }
    const needsPort = to.kind !== 'url' && flow.protocol !== 'icmp' && flow.port === undefined;
    if (needsPort) {
      const expected = `a port, since the protocol is ${flow.protocol ?? 'tcp'}`;
      issues.push(designIssue('missing-key', [...path, 'port'], expected));
    }
  });
  design.intents?.forEach((intent, index) => {
    const path = ['intents', index, 'subject'];
    if (intent.subject.kind === 'flow') refer('flow', intent.subject.flow, [...path, 'flow']);
    else {
      for (const side of ['sources', 'destinations'] as const) {
        intent.subject[side].forEach((id, at) => refer('group', id, [...path, side, at]));
      }
      intent.subject.services.forEach(({ protocol, port }, at) => {
        if (protocol === 'icmp' || port !== undefined) return;
        const expected = `a port, since the protocol is ${protocol}`;
        issues.push(designIssue('missing-key', [...path, 'services', at, 'port'], expected));
      });
    }
  });
  design.installScenarios?.forEach((scenario, index) => {
    const path = ['installScenarios', index];
    refer('cluster', scenario.cluster, [...path, 'cluster']);
    scenario.settings?.forEach((setting, at) =>
      setting.nodes?.forEach((id, nodeAt) =>
        referNode(id, [...path, 'settings', at, 'nodes', nodeAt]),
      ),
    );
  });
  design.layout?.forEach((item, index) => {
    const placed = parseEntityRef(item.id);
    if (placed && placed.kind !== 'layout' && !has(placed.kind, placed.id)) {
      const expected = 'the reference of an entity of this design';
      issues.push(designIssue('dangling-id', ['layout', index, 'id'], expected, item.id));
    }
  });
  return issues;
}
