import type { CompiledCluster, Interface } from '../compile/network.ts';
import type {
  ClusterPolicies,
  PodPolicies,
  PolicyDirection,
  PolicyList,
  PolicyRule,
} from '../compile/policy-tables.ts';
import { because } from '../vocabulary/reason.ts';
import type { Outcome, WalkState } from '../walk-state.ts';
import { judgeBeforeDnat, judgeForwarded, judgeOwn } from './host-endpoints.ts';
import { ambiguityOf, type Ambiguity } from './policy-ambiguity.ts';
import { decidingRule, warnOfReply } from './policy-rules.ts';

/*
 * Network policies as felix programs them with iptables on each node (felix, `rules/static.go`, `rules/endpoints.go`):
 * pods' policies in FORWARD, between kube-proxy's DNAT and masquerading. Egress where the packet comes in by the pod's
 * interface, ingress where it goes out by one. Host endpoints' around them, and in PREROUTING, INPUT and OUTPUT. What
 * belongs to a session passes.
 */

/** PREROUTING: all that comes in, before kube-proxy. */
export function earlyPolicies(state: WalkState): Outcome {
  state.policyAccepted = false;
  const tables = policiesOf(state);
  const host = tables?.hosts.get(state.inInterface);
  return tables && host ? judgeBeforeDnat(state, tables, host) : null;
}

/** FORWARD, or OUTPUT for what the node itself sends: by `out`. */
export function leavingPolicies(state: WalkState, out: Interface): Outcome {
  const tables = policiesOf(state);
  if (!tables) return null;
  const hostOut = tables.hosts.get(out.index);
  if (state.localOrigin) {
    // A node always reaches its own pods.
    return hostOut && !out.proxyArp ? judgeOwn(state, tables, hostOut, 'egress') : null;
  }
  const hostIn = state.policyAccepted ? undefined : tables.hosts.get(state.inInterface);
  const from = tables.pods.get(state.inInterface);
  const to = tables.pods.get(out.index);
  return (
    (hostIn ? judgeForwarded(state, tables, hostIn, 'ingress') : null) ??
    (from ? judgePod(state, tables, from, 'egress') : null) ??
    (to ? judgePod(state, tables, to, 'ingress') : null) ??
    (hostOut ? judgeForwarded(state, tables, hostOut, 'egress') : null)
  );
}

/**
 * INPUT: what is for the node itself. From a pod its egress is judged, then follows `defaultEndpointToHostAction`,
 * which Calico's manifests set to Accept.
 */
export function inputPolicies(state: WalkState): Outcome {
  const tables = policiesOf(state);
  if (!tables || state.localOrigin) return null;
  if (state.interfaceAt(state.inInterface).proxyArp) {
    const from = tables.pods.get(state.inInterface);
    return from ? judgePod(state, tables, from, 'egress') : null;
  }
  const host = state.policyAccepted ? undefined : tables.hosts.get(state.inInterface);
  return host ? judgeOwn(state, tables, host, 'ingress') : null;
}

/** Null where there is nothing to judge: no policies, or a session. */
function policiesOf({ device, network, session }: WalkState): ClusterPolicies | null {
  if (!device.kubeNode || session) return null;
  return (network.clusters[device.cluster] as CompiledCluster).policies;
}

function judgePod(
  state: WalkState,
  tables: ClusterPolicies,
  pod: PodPolicies,
  direction: PolicyDirection,
): Outcome {
  const list = pod[direction];
  if (!list) return null;
  const { recorder, packet } = state;
  warnOfReply(state);
  const rule = decidingRule(tables, list, packet);
  const allowed = rule !== null && rule.action !== 'deny';
  const ambiguity = ambiguityOf(state, tables, list, direction, allowed);
  if (ambiguity) warnOfAmbiguity(state, list, rule, direction, ambiguity);
  const about = { pod: pod.pod, direction, ...(ambiguity ? { ambiguous: true as const } : {}) };
  if (rule && allowed) {
    const profile = rule.action === 'pass' ? { profile: `kns.${pod.namespace}` } : {};
    const by = { policy: rule.policy, rule: rule.name, ...profile };
    recorder?.step('network-policy/accept', { ...about, ...by }, packet);
    return null;
  }
  const by = rule ? { policies: [rule.policy], rule: rule.name } : { policies: list.policies };
  recorder?.step('network-policy/deny', { ...about, ...by }, packet);
  return state.drop('denied', because('denied-by-policy', { ...about, ...by }));
}

function warnOfAmbiguity(
  state: WalkState,
  { policies }: PolicyList,
  rule: PolicyRule | null,
  direction: PolicyDirection,
  ambiguity: Ambiguity,
): void {
  const { src, dst } = state.packet.top;
  const policy = rule?.policy ?? policies.join(', ');
  const address = (direction === 'egress' ? dst : src).text;
  const at = `network-policy:${rule?.policy ?? policies[0] ?? ''}`;
  state.warn('ambiguous', at, { policy, address, ...ambiguity });
}
