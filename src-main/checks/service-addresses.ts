import type { Service } from '../model/design.ts';
import { ip, type Ip } from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import { PrefixIndex } from './view/prefix-index.ts';
import type { Survey } from './view/survey.ts';

const lists = ['loadBalancerIps', 'externalIps'] as const;

/**
 * Load-balancer and external addresses that nobody answers for: no node has them, and no route leads them to a node of
 * the cluster. A default route does not count, since it leads everything.
 */
export function* serviceAddresses(survey: Survey): Generator<Found> {
  const services = survey.design.services ?? [];
  if (!services.some((service) => lists.some((list) => service[list]?.length))) return;
  const isRouted = routedToCluster(survey);
  for (const service of services) {
    for (const list of lists) {
      for (const [index, text] of (service[list] ?? []).entries()) {
        const address = ip(text);
        if (survey.ownersAnywhere(address).length > 0 || isRouted(service, address)) continue;
        yield finding('service-address-unheld', place('service', service.id, list, index), {
          service: service.id,
          address: address.text,
          cluster: service.cluster,
          use: list === 'externalIps' ? 'external' : 'load-balancer',
        });
      }
    }
  }
}

function routedToCluster(survey: Survey): (service: Service, address: Ip) => boolean {
  const routes = new PrefixIndex(
    survey.nodes.flatMap((node) =>
      survey
        .staticRoutes(node)
        .flatMap(({ destination, via }) =>
          via && destination.length > 0 ? [{ prefix: destination, value: via }] : [],
        ),
    ),
  );
  const membersOf = new Map(
    (survey.design.clusters ?? []).map(({ id, nodes }) => [
      id,
      new Set(nodes.map((member) => member.node)),
    ]),
  );
  return ({ cluster }, address) => {
    for (const via of routes.holdingAddress(address)) {
      if (survey.ownersAnywhere(via).some(({ node }) => membersOf.get(cluster)?.has(node.id))) {
        return true;
      }
    }
    return false;
  };
}
