import type { Ingress, IngressBackend, Service } from '../model/design.ts';
import { finding, place, type Found, type Place } from './finding.ts';
import type { Survey } from './view/survey.ts';

/** Ingress backends that name a service, or a port of one, that is not in the ingress's namespace. */
export function* ingressBackends({ design }: Survey): Generator<Found> {
  const services = new Map<string, Service>();
  for (const service of design.services ?? []) {
    // Kubernetes knows it by its name; where the design gives none, by its id.
    for (const name of [service.id, service.name]) {
      if (name !== undefined) services.set(key(service, name), service);
    }
  }
  for (const ingress of design.ingresses ?? []) {
    for (const { backend, at } of backendsOf(ingress)) {
      const service = services.get(key(ingress, backend.service));
      if (!service) {
        yield finding('ingress-backend-missing', at, {
          ingress: ingress.id,
          service: backend.service,
          namespace: ingress.namespace,
          cluster: ingress.cluster,
        });
        continue;
      }
      const ports = service.ports ?? [];
      if (ports.some(({ name, port }) => backend.port === name || backend.port === port)) continue;
      const known = ports.map(({ name, port }) =>
        name === undefined ? `${port}` : `${port} ${name}`,
      );
      yield finding(
        'ingress-backend-port-missing',
        at,
        {
          ingress: ingress.id,
          service: backend.service,
          port: String(backend.port),
          ports: known,
        },
        [place('service', service.id, 'ports')],
      );
    }
  }
}

const key = (owner: { readonly cluster: string; readonly namespace: string }, name: string) =>
  `${owner.cluster} ${owner.namespace} ${name}`;

function* backendsOf(ingress: Ingress): Generator<{ backend: IngressBackend; at: Place }> {
  for (const [index, rule] of ingress.rules.entries()) {
    for (const [at, { backend }] of rule.paths.entries()) {
      yield { backend, at: place('ingress', ingress.id, 'rules', index, 'paths', at, 'backend') };
    }
  }
  if (ingress.defaultBackend) {
    yield { backend: ingress.defaultBackend, at: place('ingress', ingress.id, 'defaultBackend') };
  }
}
