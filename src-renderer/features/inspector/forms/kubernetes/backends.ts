import type { Design, Ingress, Service } from '../../../../../src-main/contract/index.ts';
import type { Suggestion } from '../../fields/suggest.ts';

/** A service is named as Kubernetes names it: by its name, or where it has none, its id. */
const nameOf = (service: Service): string => service.name ?? service.id;

const servicesAround = (design: Design, { cluster, namespace }: Ingress) =>
  (design.services ?? []).filter(
    (service) => service.cluster === cluster && service.namespace === namespace,
  );

export const backendServices = (design: Design, ingress: Ingress) => (): readonly Suggestion[] =>
  servicesAround(design, ingress).map((service) => ({
    value: nameOf(service),
    detail: (service.ports ?? []).map(({ port }) => port).join(', '),
  }));

export const backendPorts =
  (design: Design, ingress: Ingress, service: string | undefined) => (): readonly Suggestion[] =>
    servicesAround(design, ingress)
      .filter((one) => nameOf(one) === service)
      .flatMap(({ ports }) =>
        (ports ?? []).map(({ name, port }) => ({
          value: String(port),
          ...(name !== undefined && { detail: name }),
        })),
      );
