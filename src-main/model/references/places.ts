import type { Site } from '../design.ts';
import { parseEntityRef } from '../ids.ts';
import { formatPath, type Path } from '../issue.ts';
import type { Scope } from './scope.ts';

export function checkPlaces(scope: Scope): void {
  const { survey } = scope;
  checkNesting(scope);
  for (const { entity: zone, path } of survey.all('transport-zone')) {
    scope.ascending(zone.vniPool, [...path, 'vniPool']);
  }
  for (const { entity: segment, path } of survey.all('segment')) {
    scope.refer('site', segment.site, [...path, 'site']);
    if (segment.kind === 'vxlan') {
      scope.refer('transport-zone', segment.transportZone, [...path, 'transportZone']);
    }
    segment.subnets?.forEach(({ cidr, gateway }, at) =>
      scope.sameFamily(gateway, cidr, [...path, 'subnets', at, 'gateway']),
    );
  }
  checkLinks(scope);
  checkStretches(scope);
  for (const { entity: item, path } of survey.all('layout')) {
    const placed = parseEntityRef(item.id);
    if (!placed || placed.kind === 'layout' || survey.mayHave(placed.kind, placed.id)) continue;
    const expected = 'the reference of an entity of this design';
    scope.report('dangling-id', [...path, 'id'], expected, item.id);
  }
}

/** No site contains itself. A circle of sites is told once, at the first of them. */
function checkNesting(scope: Scope): void {
  const told = new Set<string>();
  for (const { entity: site, path } of scope.survey.all('site')) {
    scope.refer('site', site.parent, [...path, 'parent']);
    const above = sitesAbove(scope, site);
    if (!above.has(site.id) || told.has(site.id)) continue;
    above.forEach((id) => told.add(id));
    const expected = 'a site outside this one; sites contain each other in a circle';
    scope.report('inconsistent', [...path, 'parent'], expected, site.parent);
  }
}

function sitesAbove(scope: Scope, site: Site): Set<string> {
  const above = new Set<string>();
  for (let up = site.parent; up !== undefined && !above.has(up);) {
    above.add(up);
    up = scope.survey.find('site', up)?.parent;
  }
  return above;
}

function checkLinks(scope: Scope): void {
  const taken = new Map<string, Path>();
  for (const { entity: link, path: linkPath } of scope.survey.all('link')) {
    for (const side of ['a', 'b'] as const) {
      const end = link[side];
      const path = [...linkPath, side];
      scope.referNode(end.node, [...path, 'node']);
      const node = scope.survey.find('node', end.node);
      scope.referInterface(node, end.interface, [...path, 'interface']);
      const segment = node?.interfaces?.find((item) => item.id === end.interface)?.segment;
      const key = `${end.node}/${end.interface}`;
      const other = taken.get(key);
      const on = segment === undefined ? other && formatPath(other) : `segment ${segment}`;
      if (on !== undefined) {
        const expected = `an interface that is not connected yet; it is on ${on}`;
        scope.report('inconsistent', [...path, 'interface'], expected, end.interface);
      }
      taken.set(key, path);
    }
  }
}

function checkStretches(scope: Scope): void {
  for (const { entity: stretch, path: stretchPath } of scope.survey.all('stretch')) {
    for (const side of ['a', 'b'] as const) {
      const end = stretch[side];
      const path = [...stretchPath, side];
      scope.refer('segment', end.segment, [...path, 'segment']);
      scope.referNode(end.gateway, [...path, 'gateway'], 'l2-gateway');
      const gateway = scope.survey.find('node', end.gateway);
      scope.referInterface(gateway, end.uplink, [...path, 'uplink']);
      const isKnown = gateway && scope.survey.mayHave('segment', end.segment);
      if (isKnown && !gateway.interfaces?.some((item) => item.segment === end.segment)) {
        const expected = `a segment that ${gateway.id} has an interface on`;
        scope.report('inconsistent', [...path, 'segment'], expected, end.segment);
      }
    }
  }
}
