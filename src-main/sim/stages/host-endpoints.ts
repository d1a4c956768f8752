import type {
  ClusterPolicies,
  HostPolicies,
  PolicyDirection,
  PolicyRule,
} from '../compile/policy-tables.ts';
import { because } from '../vocabulary/reason.ts';
import { ipProtocolName, ipProtocolNumber } from '../vocabulary/packet.ts';
import type { PolicyDenial } from '../vocabulary/step.ts';
import type { Outcome, WalkState } from '../walk-state.ts';
import { decidingRule, warnOfReply } from './policy-rules.ts';

const { tcp, udp } = ipProtocolNumber;
const everyDirection: readonly (readonly [protocol: number, port: number])[] = [
  [tcp, 179],
  [tcp, 2379],
  [tcp, 2380],
  [tcp, 5473],
  [tcp, 6443],
  [tcp, 6666],
  [tcp, 6667],
];
/** Ports that stay open whatever policies say: felix's FailsafeInboundHostPorts and FailsafeOutboundHostPorts. */
const failsafes: Record<PolicyDirection, typeof everyDirection> = {
  ingress: [[tcp, 22], [udp, 68], ...everyDirection],
  egress: [[udp, 53], [udp, 67], ...everyDirection],
};

/**
 * What comes in for the node itself, or what it sends: denied by default. Tunnels between nodes are let through before
 * (felix, `rules/static.go`, `filterInputChain` and `filterOutputChain`).
 */
export function judgeOwn(
  state: WalkState,
  tables: ClusterPolicies,
  host: HostPolicies,
  direction: PolicyDirection,
): Outcome {
  warnOfUntracked(state, host);
  if (state.packet.depth > 0) return null;
  if (isFailsafe(state, direction)) {
    const service = `${ipProtocolName(state.packet.top.protocol)} ${state.packet.destinationPort}`;
    const detail = { hostEndpoint: host.hostEndpoint, direction, service };
    state.recorder?.step('network-policy/failsafe', detail, state.packet);
    return null;
  }
  const list = host[direction];
  const rule = decidingRule(tables, list, state.packet);
  if (rule?.action === 'allow') return accept(state, host, direction, rule);
  if (rule?.action === 'deny') return deny(state, host, direction, [rule.policy], rule);
  if (!rule && list.policies.length > 0) return deny(state, host, direction, list.policies);
  if (!host.allowsByDefault) return deny(state, host, direction, []);
  return rule ? accept(state, host, direction, rule, 'projectcalico-default-allow') : null;
}

/** What the node passes on: allowed, unless a policy with `applyOnForward` is for it. There are no profiles here. */
export function judgeForwarded(
  state: WalkState,
  tables: ClusterPolicies,
  host: HostPolicies,
  direction: PolicyDirection,
): Outcome {
  const list = direction === 'ingress' ? host.forwardIngress : host.forwardEgress;
  if (!list) return null;
  const rule = decidingRule(tables, list, state.packet);
  if (!rule) return deny(state, host, direction, list.policies);
  if (rule.action === 'deny') return deny(state, host, direction, [rule.policy], rule);
  return accept(state, host, direction, rule);
}

/** Before DNAT, whatever the packet is for. What no rule matches goes on; what one allows is done with policies here. */
export function judgeBeforeDnat(
  state: WalkState,
  tables: ClusterPolicies,
  host: HostPolicies,
): Outcome {
  warnOfUntracked(state, host);
  if (!host.preDnat || isFailsafe(state, 'ingress')) return null;
  const rule = decidingRule(tables, host.preDnat, state.packet);
  if (!rule || rule.action === 'pass') return null;
  if (rule.action === 'deny') return deny(state, host, 'ingress', [rule.policy], rule);
  state.policyAccepted = true;
  return accept(state, host, 'ingress', rule);
}

function isFailsafe({ packet }: WalkState, direction: PolicyDirection): boolean {
  const { protocol } = packet.top;
  for (const [open, port] of failsafes[direction]) {
    if (open === protocol && port === packet.destinationPort) return true;
  }
  return false;
}

function warnOfUntracked(state: WalkState, { hostEndpoint, untracked }: HostPolicies): void {
  if (untracked.length === 0) return;
  const part = { part: 'calico-untracked', hostEndpoint, policies: untracked } as const;
  state.warn('not-modelled', `host-endpoint:${hostEndpoint}`, part);
}

function accept(
  { recorder, packet }: WalkState,
  { hostEndpoint }: HostPolicies,
  direction: PolicyDirection,
  rule: PolicyRule,
  profile?: string,
): null {
  const by = { policy: rule.policy, rule: rule.name, ...(profile ? { profile } : {}) };
  recorder?.step('network-policy/accept', { hostEndpoint, direction, ...by }, packet);
  return null;
}

function deny(
  state: WalkState,
  { hostEndpoint }: HostPolicies,
  direction: PolicyDirection,
  policies: readonly string[],
  rule?: PolicyRule,
): Outcome {
  warnOfReply(state);
  const by = { policies, ...(rule ? { rule: rule.name } : {}) };
  const denial: PolicyDenial = { hostEndpoint, direction, ...by };
  state.recorder?.step('network-policy/deny', denial, state.packet);
  return state.drop('denied', because('denied-by-policy', denial));
}
