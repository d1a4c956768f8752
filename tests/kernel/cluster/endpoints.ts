/** The endpoints of a service as kube-proxy sorts them, from a design's pods (pkg/proxy/topology.go). */
import type { Design, Service, Workload } from '../../../src-main/model/design.ts';
import { ip, type IpFamily } from '../../../src-main/model/ip.ts';
import { familyOf } from './calico.ts';

export type Port = NonNullable<Service['ports']>[number];

export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly isLocal: boolean;
  readonly isReady: boolean;
  /** Serving and terminating. */
  readonly isDraining: boolean;
}

export function nodeAddress(design: Design, node: string, family: IpFamily): string | undefined {
  const { interfaces = [] } = design.nodes?.find(({ id }) => id === node) ?? {};
  return interfaces
    .flatMap(({ addresses = [] }) => addresses)
    .map((text) => text.split('/')[0] ?? '')
    .find((text) => familyOf(text) === family);
}

/** What the service's EndpointSlices list. */
export function endpointsOf(
  design: Design,
  service: Service,
  port: Port,
  node: string,
  family: IpFamily,
): Endpoint[] {
  const selects = ({ namespace, labels = {} }: Workload) =>
    namespace === service.namespace &&
    Object.entries(service.selector ?? {}).every(([key, value]) => labels[key] === value);
  return (design.workloads ?? []).filter(selects).flatMap((workload) =>
    workload.pods.flatMap((pod) => {
      const address = workload.hostNetwork
        ? nodeAddress(design, pod.node, family)
        : pod.addresses?.find((text) => familyOf(text) === family);
      if (address === undefined) return [];
      return [
        {
          address: ip(address).text,
          port: targetOf(port, workload),
          isLocal: pod.node === node,
          isReady:
            (pod.state ?? 'ready') === 'ready' ||
            (service.publishNotReadyAddresses === true && pod.state === 'not-ready'),
          isDraining: pod.state === 'terminating-serving',
        },
      ];
    }),
  );
}

function targetOf(port: Port, { ports = [] }: Workload): number {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  return ports.find(({ name }) => name === target)?.port ?? 0;
}

interface Categories {
  readonly cluster: readonly Endpoint[];
  readonly local: readonly Endpoint[];
  readonly reachable: readonly Endpoint[];
  readonly any: boolean;
}

/** Terminating endpoints are used where no ready one is: in the whole cluster, or on the node. */
export function categorize(endpoints: readonly Endpoint[], usesLocal: boolean): Categories {
  const ready = endpoints.filter(({ isReady }) => isReady);
  const draining = endpoints.filter(({ isDraining }) => isDraining);
  const cluster = ready.length > 0 ? ready : draining;
  const any = cluster.length > 0;
  if (!usesLocal) return { cluster, local: [], reachable: cluster, any };
  const here = (list: readonly Endpoint[]) => list.filter(({ isLocal }) => isLocal);
  const local = here(ready).length > 0 ? here(ready) : here(draining);
  return { cluster, local, reachable: [...new Set([...cluster, ...local])], any };
}
