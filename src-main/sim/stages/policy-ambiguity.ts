import { sameIp } from '../../model/ip.ts';
import type { ClusterPolicies, PolicyDirection, PolicyList } from '../compile/policy-tables.ts';
import type { Session } from '../session.ts';
import type { WalkState } from '../walk-state.ts';
import { decidingRule, type OtherSide } from './policy-rules.ts';

/** Kubernetes does not say what the verdict is; with `ownNode`, it says another one. */
export interface Ambiguity {
  readonly ownNode?: string;
}

/**
 * Whether Kubernetes leaves open what its policies say of the packet here: it does not define whether they see
 * addresses before or after translation, and lets a pod and its own node always reach each other (kubernetes.io,
 * concepts/services-networking/network-policies). Null where every implementation comes to the same verdict.
 */
export function ambiguityOf(
  state: WalkState,
  tables: ClusterPolicies,
  list: PolicyList,
  direction: PolicyDirection,
  allowed: boolean,
): Ambiguity | null {
  if (!list.hasKubernetes) return null;
  const { routed, device } = state;
  const isForOwnNode = direction === 'egress' && routed.entry?.kind === 'local';
  if (isForOwnNode) return allowed ? null : { ownNode: device.id };
  // What this node masquerades comes from it, for who looks later: a pod's own node always reaches it.
  if (direction === 'ingress' && state.masquerade !== null && !allowed) return {};
  const other = direction === 'egress' ? beforeDnat(state) : beforeSnat(state);
  if (!other) return null;
  const rule = decidingRule(tables, list, state.packet, other);
  const allowedToo = rule !== null && rule.action !== 'deny';
  return allowedToo === allowed ? null : {};
}

/** The destination as the pod wrote it, before this node translated it. */
function beforeDnat(state: WalkState): OtherSide | null {
  const { packet, entryDestination, entryDestinationPort } = state;
  const { src, dst } = packet.top;
  if (sameIp(entryDestination, dst)) return null;
  return { source: src, destination: entryDestination, destinationPort: entryDestinationPort };
}

/** The source before other nodes of the cluster masqueraded it. */
function beforeSnat(state: WalkState): OtherSide | null {
  const { packet, device } = state;
  const { src, dst } = packet.top;
  let first: Session | null = null;
  for (let at = state.sessions.length - 1; at >= 0; at -= 1) {
    const session = state.sessions[at] as Session;
    if (state.deviceAt(session.device).cluster !== device.cluster) continue;
    if (first ? leadsTo(session, first) : madePacket(session, state)) first = session;
  }
  if (!first || sameIp(first.source, src)) return null;
  return { source: first.source, destination: dst, destinationPort: packet.destinationPort };
}

/** The packet is as it left the session's device. */
function madePacket(session: Session, { packet }: WalkState): boolean {
  const { top } = packet;
  return (
    session.protocol === top.protocol &&
    session.newSourcePort === packet.sourcePort &&
    session.newDestinationPort === packet.destinationPort &&
    sameIp(session.newSource, top.src) &&
    sameIp(session.newDestination, top.dst)
  );
}

/** The packet came to the later session's device as it left the earlier one's. */
function leadsTo(earlier: Session, later: Session): boolean {
  return (
    earlier.protocol === later.protocol &&
    earlier.newSourcePort === later.sourcePort &&
    earlier.newDestinationPort === later.destinationPort &&
    sameIp(earlier.newSource, later.source) &&
    sameIp(earlier.newDestination, later.destination)
  );
}
