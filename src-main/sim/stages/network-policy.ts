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
import { ambiguityOf, type Ambiguity } from './policy-ambiguity.ts';
import { decidingRule } from './policy-rules.ts';

/*
 * Network policies as felix programs them with iptables on each node (felix, `rules/static.go`, `rules/endpoints.go`):
 * pods' policies in FORWARD, between kube-proxy's DNAT and masquerading. Egress where the packet comes in by the pod's
 * interface, ingress where it goes out by one. What belongs to a session passes.
 */

/** FORWARD: what the node passes on, by `out`. */
export function forwardPolicies(state: WalkState, out: Interface): Outcome {
  const tables = policiesOf(state);
  if (!tables) return null;
  const from = tables.pods.get(state.inInterface);
  const denied = from ? judgePod(state, tables, from, 'egress') : null;
  if (denied) return denied;
  const to = tables.pods.get(out.index);
  return to ? judgePod(state, tables, to, 'ingress') : null;
}

/**
 * INPUT: what is for the node itself. From a pod its egress is judged, then follows `defaultEndpointToHostAction`,
 * which Calico's manifests set to Accept.
 */
export function inputPolicies(state: WalkState): Outcome {
  const tables = policiesOf(state);
  const from = tables?.pods.get(state.inInterface);
  return tables && from ? judgePod(state, tables, from, 'egress') : null;
}

/** Null where there is nothing to judge: no policies, a session, or a packet of the node's own. */
function policiesOf({ device, network, session, localOrigin }: WalkState): ClusterPolicies | null {
  if (!device.kubeNode || session || localOrigin) return null;
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
  const { recorder, packet, device } = state;
  if (state.isReply && packet.depth === 0) {
    state.warn('asymmetric', device.id, { device: device.id });
  }
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
