import type { HostEndpoint } from '../../model/design.ts';
import { ip } from '../../model/ip.ts';
import { deviceOf, interfaceOf, type Draft } from './draft.ts';
import { selectableHost } from './policies-calico.ts';
import { policyList, type SourcePolicy } from './policies.ts';
import type { HostPolicies, PolicyList } from './policy-tables.ts';

const none: PolicyList = { policies: [], rules: [], hasKubernetes: false };

/**
 * The host endpoint of each interface: the one that names it or has an address of it, the first by id of several
 * (felix, `dataplane/linux/endpoint_mgr.go`); that of all interfaces for the rest, pods' and tunnels' too.
 */
export function hostPolicies(
  draft: Draft,
  endpoints: readonly HostEndpoint[],
  policies: readonly SourcePolicy[],
): ReadonlyMap<number, HostPolicies> {
  const byInterface = new Map<number, HostPolicies>();
  const sorted = [...endpoints].sort((a, b) => (a.id < b.id ? -1 : 1));
  const named = sorted.filter(({ interfaceName }) => interfaceName !== '*');
  const ofAll = sorted.filter(({ interfaceName }) => interfaceName === '*');
  for (const endpoint of [...named, ...ofAll]) {
    const compiled = compileHost(endpoint, policies);
    for (const at of interfacesOf(draft, endpoint)) {
      if (!byInterface.has(at)) byInterface.set(at, compiled);
    }
  }
  return byInterface;
}

function interfacesOf(draft: Draft, { node, interfaceName, expectedIPs }: HostEndpoint): number[] {
  const { interfaces } = deviceOf(draft, draft.deviceByNode.get(node) ?? -1);
  if (interfaceName === '*') return interfaces;
  const expected = new Set((expectedIPs ?? []).map((text) => ip(text).text));
  return interfaces.filter((at) => {
    const { id, addresses } = interfaceOf(draft, at);
    return interfaceName === undefined
      ? addresses.some((address) => expected.has(address.ip.text))
      : id === interfaceName;
  });
}

/** felix, `calc/event_sequencer.go`: `addPolicyToTierInfo`. Policies for forwarded packets are for the node's own too. */
function compileHost(endpoint: HostEndpoint, policies: readonly SourcePolicy[]): HostPolicies {
  const selectable = selectableHost(endpoint);
  const selecting = policies.filter((policy) => policy.selects(selectable));
  const at = (stage: SourcePolicy['stage']) => selecting.filter((policy) => policy.stage === stage);
  const normal = at('normal');
  const forward = normal.filter(({ applyOnForward }) => applyOnForward);
  return {
    hostEndpoint: endpoint.id,
    ingress: policyList(normal, 'ingress') ?? none,
    egress: policyList(normal, 'egress') ?? none,
    forwardIngress: policyList(forward, 'ingress'),
    forwardEgress: policyList(forward, 'egress'),
    preDnat: policyList(at('pre-dnat'), 'ingress'),
    allowsByDefault: (endpoint.profiles ?? []).includes('projectcalico-default-allow'),
    untracked: at('untracked').map(({ id }) => id),
  };
}
