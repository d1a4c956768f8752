import { isLoopback, rangeContains, sameIp, type Ip } from '../../model/ip.ts';
import { findAddress } from '../compile/address-index.ts';
import { matchesAddress } from '../compile/matches.ts';
import type { CompiledCluster, Endpoint, ServicePort } from '../compile/network.ts';
import { firstRoute } from '../compile/route-table.ts';
import { nodePortKey } from '../compile/services.ts';
import { because } from '../vocabulary/reason.ts';
import type { ServiceVia } from '../vocabulary/step.ts';
import type { Outcome, WalkState } from '../walk-state.ts';
import { endpointText, rewriteDestination } from './nat.ts';

/**
 * kube-proxy in iptables mode, on a node, for what pods, outsiders and the node itself send to a service: KUBE-SERVICES
 * by address, then KUBE-NODEPORTS for the node's own addresses (`pkg/proxy/iptables/proxier.go`, `syncProxyRules`).
 * `none`: no service's address and port, or one that kube-proxy leaves alone.
 */
export function serviceAddress(state: WalkState): Outcome | 'none' {
  const { device, packet } = state;
  if (!device.kubeNode) return 'none';
  const { services } = state.network.clusters[device.cluster] as CompiledCluster;
  const { top, destinationPort } = packet;
  const at = findAddress(services.index, top.dst);
  for (const { port, via } of services.addresses[at] ?? []) {
    if (port.protocol !== top.protocol || port.port !== destinationPort) continue;
    return via === 'cluster-ip' ? fromInside(state, port) : fromOutside(state, port, via);
  }
  const port = services.nodePorts.get(nodePortKey(top.protocol, destinationPort));
  if (!port || !isOwnAddress(state, top.dst)) return 'none';
  // Node ports on ::1 are not served: there is no `route_localnet` for IPv6.
  if (top.dst.family === 6 && isLoopback(top.dst)) return 'none';
  return fromOutside(state, port, 'node-port');
}

/** A cluster IP: `internalTrafficPolicy`; masqueraded unless it comes from a pod. */
function fromInside(state: WalkState, port: ServicePort): Outcome {
  const all = endpointsOf(state, port);
  if (all.length === 0) return reject(state, port);
  const isLocal = port.service.internalTrafficPolicy === 'Local';
  const endpoints = isLocal ? localEndpointsOf(state, port) : all;
  if (endpoints.length === 0) return dropForLocal(state, port, 'internal');
  return choose(state, port, endpoints, 'cluster-ip', isLocal, !isFromPod(state));
}

/**
 * An external or load-balancer address, or a node port: `externalTrafficPolicy`. Under `Local` pods and the node itself
 * are taken to any endpoint all the same (KUBE-EXT's short cuts); others to this node's alone, with their own address.
 */
function fromOutside(
  state: WalkState,
  port: ServicePort,
  via: Exclude<ServiceVia, 'cluster-ip'>,
): Outcome | 'none' {
  const { src, dst } = state.packet.top;
  const all = endpointsOf(state, port);
  if (all.length === 0) {
    // KUBE-EXTERNAL-SERVICES hangs in INPUT and FORWARD: what the node itself sends to others is routed as it is.
    return state.localOrigin && !isOwnAddress(state, dst) ? 'none' : reject(state, port);
  }
  if (via === 'load-balancer-ip' && !admits(state, port, src, dst)) {
    const service = nameOf(port);
    state.recorder?.step(
      'service/refuse-source',
      { service, port: port.port, source: src.text },
      state.packet,
    );
    return state.drop('denied', because('outside-source-ranges', { service, source: src.text }));
  }
  if (port.service.externalTrafficPolicy !== 'Local') {
    return choose(state, port, all, via, false, true);
  }
  if (isFromPod(state)) return choose(state, port, all, via, false, false);
  if (isOwnAddress(state, src)) return choose(state, port, all, via, false, true);
  const local = localEndpointsOf(state, port);
  if (local.length === 0) return dropForLocal(state, port, 'external');
  return choose(state, port, local, via, true, false);
}

/** KUBE-FW: the source ranges; where they hold the node's own address, the address to itself too (`allowFromNode`). */
function admits(state: WalkState, port: ServicePort, src: Ip, dst: Ip): boolean {
  const sourceRanges = dst.family === 4 ? port.sourceRanges4 : port.sourceRanges6;
  if (matchesAddress(sourceRanges, src)) return true;
  const { kubeNode } = state.device;
  const own = dst.family === 4 ? kubeNode?.address4 : kubeNode?.address6;
  return own ? sameIp(src, dst) && matchesAddress(sourceRanges, own) : false;
}

function choose(
  state: WalkState,
  port: ServicePort,
  endpoints: readonly Endpoint[],
  via: ServiceVia,
  local: boolean,
  masquerade: boolean,
): Outcome {
  const { packet } = state;
  const { src } = packet.top;
  const service = nameOf(port);
  const affinity = port.service.sessionAffinity === 'ClientIP' ? src : undefined;
  const pick =
    endpoints.length === 1
      ? 0
      : state.choose(state, endpoints.length, `service ${service}`, undefined, affinity);
  const endpoint = endpoints[pick] as Endpoint;
  // Hairpin: a pod that gets itself would answer itself past the service (KUBE-SEP's first rule).
  const masquerades = masquerade || sameIp(endpoint.address, src);
  if (masquerades) state.masquerade = 'kube-proxy';
  rewriteDestination(packet, endpoint.address, endpoint.port);
  state.recorder?.step(
    'service/choose-endpoint',
    {
      service,
      port: port.port,
      via,
      ...(via === 'node-port' ? { nodePort: port.nodePort } : {}),
      ...(endpoint.pod === '' ? {} : { pod: endpoint.pod }),
      to: endpointText(endpoint.address, endpoint.port),
      choices: endpoints.length,
      ...(local ? { local } : {}),
      ...(affinity ? { affinity: affinity.text } : {}),
      masquerade: masquerades,
    },
    packet,
  );
  return null;
}

function reject(state: WalkState, port: ServicePort): Outcome {
  const service = nameOf(port);
  state.recorder?.step('service/no-endpoints', { service, port: port.port }, state.packet);
  return state.drop('rejected', because('service-without-endpoints', { service }));
}

function dropForLocal(
  state: WalkState,
  port: ServicePort,
  policy: 'internal' | 'external',
): Outcome {
  const service = nameOf(port);
  const detail = { service, port: port.port, policy };
  state.recorder?.step('service/no-local-endpoints', detail, state.packet);
  const node = state.device.id;
  return state.drop(
    'no-endpoints',
    because('service-without-local-endpoints', { service, node, policy }),
  );
}

const nameOf = ({ service }: ServicePort): string =>
  `${service.namespace}/${service.name ?? service.id}`;

const endpointsOf = ({ packet }: WalkState, port: ServicePort): readonly Endpoint[] =>
  packet.top.dst.family === 4 ? port.endpoints4 : port.endpoints6;

const none: readonly Endpoint[] = [];
const localEndpointsOf = ({ packet, device }: WalkState, port: ServicePort): readonly Endpoint[] =>
  (packet.top.dst.family === 4 ? port.local4 : port.local6).get(device.index) ?? none;

/** kube-proxy's local detector of mode `ClusterCIDR`: the source is a pod's address. */
function isFromPod(state: WalkState): boolean {
  const { podRanges } = state.network.clusters[state.device.cluster] as CompiledCluster;
  return podRanges.some((range) => rangeContains(range, state.packet.top.src));
}

/** `addrtype LOCAL`. */
function isOwnAddress({ device }: WalkState, address: Ip): boolean {
  if (isLoopback(address)) return true;
  return (
    firstRoute(address.family === 4 ? device.routes4 : device.routes6, address)?.kind === 'local'
  );
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
