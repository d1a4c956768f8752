import type { Design } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { filteringEdges, natOf, tellNodes, turningControls } from '../edges/edge-gateways.ts';
import { LeftOutList, type Exported } from '../exchange.ts';
import { domain, gatewayPolicies } from './firewall.ts';
import { natRules, type Services } from './nat.ts';
import { child, reference, type Group } from './objects.ts';

/**
 * Firewall and NAT rules of the edge gateways for NSX-T: `infra.json`, the body of `PATCH /policy/api/v1/infra`
 * (hierarchical policy API). Each edge is taken for the Tier-1 gateway with its id, which has to be there, as have its
 * interfaces. No file where no edge gateway filters or translates.
 */
export function nsxtOf(design: Design): Exported {
  const list = new LeftOutList();
  const services: Services = new Map();
  const groups: Group[] = [];
  const policies: object[] = [];
  const policyIds = new Set(filteringEdges(design).map(({ id }) => id));
  const gateways: object[] = [];
  tellNodes(design, list, (edge) => {
    const leftOut = list.of(entityRef('node', edge.id));
    leftOut('', { code: 'taken-for-tier-1', detail: { gateway: edge.id } });
    const shared = { policyIds, groups };
    policies.push(...gatewayPolicies(edge, policies.length, shared, leftOut).map(child));
    if (natOf(edge).length === 0) return;
    const rules = natRules(edge, services, leftOut);
    const nat = {
      resource_type: 'PolicyNat',
      id: 'USER',
      nat_type: 'USER',
      children: rules.map(child),
    } as const;
    gateways.push(reference('Tier1', edge.id, [child(nat)]));
  });
  if (filteringEdges(design).length === 0) {
    list.add('design', '', 'no-edges');
    return { files: [], leftOut: list.items };
  }
  list.add('design', '', 'edges-alone');
  const infra = {
    resource_type: 'Infra',
    children: [
      ...[...services.values()].map(child),
      reference('Domain', domain, [...groups.map(child), ...policies]),
      ...gateways,
    ],
  };
  return { files: [{ path: 'infra.json', content: jsonText(infra) }], leftOut: list.items };
}

/** JSON that shows as it is: no sign in it turns the direction of others. */
const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replaceAll(
    turningControls,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`;
