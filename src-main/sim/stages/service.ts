import { rangeContains, sameIp } from '../../model/ip.ts';
import { findAddress } from '../compile/address-index.ts';
import type { CompiledCluster, Endpoint } from '../compile/network.ts';
import { reasons } from '../vocabulary/reasons.ts';
import type { Outcome, WalkState } from '../walk-state.ts';
import { endpointText, rewriteDestination } from './nat.ts';

/**
 * kube-proxy in iptables mode, on a node, for what pods, outsiders and the node itself send to a cluster IP
 * (KUBE-SERVICES, `pkg/proxy/iptables/proxier.go`). Node ports and load-balancer addresses are not modelled.
 */
export function serviceAddress(state: WalkState): Outcome | 'none' {
  const { device, packet, recorder } = state;
  if (!device.kubeNode) return 'none';
  const cluster = state.network.clusters[device.cluster] as CompiledCluster;
  const { top, destinationPort } = packet;
  const at = findAddress(cluster.serviceIndex, top.dst);
  if (at < 0) return 'none';
  const port = cluster.serviceAddresses[at]?.find(
    (candidate) => candidate.protocol === top.protocol && candidate.port === destinationPort,
  );
  if (!port) return 'none';
  const service = `${port.service.namespace}/${port.service.name ?? port.service.id}`;
  if (port.service.internalTrafficPolicy === 'Local') {
    const text = `internalTrafficPolicy Local of service ${port.service.id} is not simulated: any endpoint may be chosen`;
    state.warn('not-modelled', `service:${port.service.id}`, text);
  }
  const endpoints = top.dst.family === 4 ? port.endpoints4 : port.endpoints6;
  if (endpoints.length === 0) {
    recorder?.step('service/no-endpoints', { service, port: port.port }, packet);
    return state.drop('rejected', reasons.serviceWithoutEndpoints(service));
  }
  const endpoint = endpoints[
    endpoints.length === 1 ? 0 : state.choose(state, endpoints.length, `service ${service}`)
  ] as Endpoint;
  const fromPod = cluster.podRanges.some((range) => rangeContains(range, top.src));
  const hairpin = sameIp(endpoint.address, top.src);
  const masquerade = !fromPod || hairpin;
  if (masquerade) state.masquerade = 'kube-proxy';
  rewriteDestination(packet, endpoint.address, endpoint.port);
  recorder?.step(
    'service/choose-endpoint',
    {
      service,
      port: port.port,
      ...(endpoint.pod === '' ? {} : { pod: endpoint.pod }),
      to: endpointText(endpoint.address, endpoint.port),
      choices: endpoints.length,
      masquerade,
    },
    packet,
  );
  return null;
}

/** Calico's natOutgoing: a source in such a pool, a destination in no pool (felix, `cali-nat-outgoing`). */
export function wantsNatOutgoing(state: WalkState): boolean {
  const { device, packet } = state;
  if (!device.kubeNode) return false;
  const { pools } = state.network.clusters[device.cluster] as CompiledCluster;
  const { src, dst } = packet.top;
  if (!pools.some((pool) => pool.natOutgoing && rangeContains(pool.range, src))) return false;
  return !pools.some((pool) => rangeContains(pool.range, dst));
}
