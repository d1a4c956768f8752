import type { Flow, FlowSource, Group, Intent } from '../design.ts';
import { parseInterfaceAddress, parseIp } from '../ip.ts';
import type { Path } from '../issue.ts';
import type { Scope } from './scope.ts';

export function checkQuestions(scope: Scope): void {
  const { survey } = scope;
  for (const { entity, path } of survey.all('group')) {
    entity.members.forEach((member, at) => checkMember(scope, member, [...path, 'members', at]));
  }
  for (const { entity, path } of survey.all('flow')) checkFlow(scope, entity, path);
  for (const { entity, path } of survey.all('intent')) checkIntent(scope, entity, path);
  for (const { entity: scenario, path } of survey.all('install-scenario')) {
    scope.refer('cluster', scenario.cluster, [...path, 'cluster']);
    scenario.settings?.forEach(({ nodes }, at) =>
      nodes?.forEach((id, nodeAt) =>
        scope.referNode(id, [...path, 'settings', at, 'nodes', nodeAt]),
      ),
    );
  }
}

function checkMember(scope: Scope, member: Group['members'][number], path: Path): void {
  switch (member.kind) {
    case 'workload':
      scope.refer('workload', member.workload, [...path, 'workload']);
      return;
    case 'segment':
      scope.refer('segment', member.segment, [...path, 'segment']);
      return;
    case 'site':
      scope.refer('site', member.site, [...path, 'site']);
      return;
    default:
      checkSource(scope, member, path);
  }
}

function checkSource(scope: Scope, source: FlowSource, path: Path): void {
  switch (source.kind) {
    case 'node':
      scope.referNode(source.node, [...path, 'node']);
      return;
    case 'pod':
      scope.referPod(source.pod, [...path, 'pod']);
      return;
    case 'address':
      scope.refer('segment', source.segment, [...path, 'segment']);
      return;
    default:
      source satisfies never;
  }
}

function checkFlow(scope: Scope, flow: Flow, path: Path): void {
  checkSource(scope, flow.from, [...path, 'from']);
  checkOwnAddress(scope, flow.from, [...path, 'from', 'address']);
  const { to } = flow;
  switch (to.kind) {
    case 'node':
      scope.referNode(to.node, [...path, 'to', 'node']);
      break;
    case 'pod':
      scope.referPod(to.pod, [...path, 'to', 'pod']);
      break;
    case 'service':
      scope.refer('service', to.service, [...path, 'to', 'service']);
      break;
    case 'url':
    case 'name':
    case 'address':
      break;
    default:
      to satisfies never;
  }
  const needsPort = to.kind !== 'url' && flow.protocol !== 'icmp' && flow.port === undefined;
  if (!needsPort) return;
  const expected = `a port, since the protocol is ${flow.protocol ?? 'tcp'}`;
  scope.report('missing-key', [...path, 'port'], expected);
}

/** A node can only send from an address that it has. */
function checkOwnAddress(scope: Scope, from: FlowSource, path: Path): void {
  if (from.kind !== 'node' || from.address === undefined) return;
  const node = scope.survey.find('node', from.node);
  if (!node) return;
  const own = node.interfaces?.flatMap((item) => item.addresses ?? []) ?? [];
  const wanted = parseIp(from.address)?.text;
  if (own.some((text) => parseInterfaceAddress(text)?.ip.text === wanted)) return;
  scope.report('dangling-id', path, `an address of node ${node.id}`, from.address);
}

function checkIntent(scope: Scope, intent: Intent, intentPath: Path): void {
  const path = [...intentPath, 'subject'];
  const { subject } = intent;
  switch (subject.kind) {
    case 'flow':
      scope.refer('flow', subject.flow, [...path, 'flow']);
      return;
    case 'matrix':
      for (const side of ['sources', 'destinations'] as const) {
        subject[side].forEach((id, at) => scope.refer('group', id, [...path, side, at]));
      }
      subject.services.forEach(({ protocol, port }, at) => {
        if (protocol === 'icmp' || port !== undefined) return;
        const expected = `a port, since the protocol is ${protocol}`;
        scope.report('missing-key', [...path, 'services', at, 'port'], expected);
      });
      return;
    default:
      subject satisfies never;
  }
}
