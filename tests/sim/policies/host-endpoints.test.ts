import { describe, expect, test } from 'vitest';
import type { CalicoPolicy, HostEndpoint } from '../../../src-main/model/design.ts';
import type { NetworkBuilder } from '../../builders/network.ts';
import { ask, details, families, reason, told, verdict, warned } from '../ask.ts';
import { shop } from './network.ts';

type Policy = Partial<Omit<CalicoPolicy, 'id'>>;
const labels = { 'ibm.role': 'worker_public' };
const nodes = "ibm.role in { 'worker_public', 'master_public' }";

/** Host endpoint `hep` for n1's only interface (`eth0`), and policies p1, p2, …; n1 listens on ssh, web and node exporter. */
function guarded(
  policies: readonly Policy[],
  endpoint: Partial<HostEndpoint> = {},
  at = 'n1/eth0',
): NetworkBuilder {
  const net = shop()
    .change('node', 'n1', (node) => ({
      ...node,
      listeners: [22, 80, 179, 9100].map((port) => ({ protocol: 'tcp' as const, port })),
    }))
    .hostEndpoint('hep', at, { labels, ...endpoint });
  return policies.reduce((all, policy, index) => all.calicoPolicy(`p${index + 1}`, policy), net);
}
const allowAll: Policy = {
  selector: nodes,
  types: ['Ingress', 'Egress'],
  ingress: [{ action: 'Allow' }],
  egress: [{ action: 'Allow' }],
};
const letIn = (port: number): Policy => ({
  selector: nodes,
  ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [port] } }],
});

describe.each(families)('a node with a host endpoint, over IPv%d', (family) => {
  const asked = (net: NetworkBuilder, from: string, to: string, port = 80) =>
    verdict(ask(net, from, to, { family, port }));

  test('is closed but for the ports that Calico keeps open, both ways', () => {
    const net = guarded([]);
    expect(asked(net, 'pc', 'n1')).toBe('denied at n1');
    expect(asked(net, 'pc', 'n1', 22)).toBe('reachable');
    expect(asked(net, 'n2', 'n1', 179)).toBe('reachable');
    expect(asked(net, 'n1', 'pc')).toBe('denied at n1');
    expect(asked(net, 'n1', 'pc', 179)).toBe('no-listener at pc');
    expect(verdict(ask(net, 'n1', 'pc', { family, port: 53, protocol: 'udp' }))).toBe(
      'no-listener at pc',
    );
    expect(asked(net, 'n1', 'pc', 22)).toBe('denied at n1');
    expect(verdict(ask(net, 'pc', 'n1', { family, protocol: 'icmp' }))).toBe('denied at n1');
  });

  test('other nodes are open', () => {
    expect(asked(guarded([]), 'pc', 'n2', 22)).toBe('reachable');
  });

  test('lets in what a policy allows, and answers', () => {
    expect(asked(guarded([letIn(80)]), 'pc', 'n1')).toBe('reachable');
    expect(asked(guarded([letIn(80)]), 'pc', 'n1', 9100)).toBe('denied at n1');
    expect(asked(guarded([{ ...letIn(80), selector: 'has(nothing)' }]), 'pc', 'n1')).toBe(
      'denied at n1',
    );
    expect(asked(guarded([allowAll]), 'n1', 'pc')).toBe('reachable');
    // policies of a namespace are for pods
    expect(asked(guarded([{ ...allowAll, namespace: 'shop' }]), 'pc', 'n1')).toBe('denied at n1');
  });

  test('is open with the profile that allows, where no policy is for it', () => {
    const open = { profiles: ['projectcalico-default-allow' as const] };
    expect(asked(guarded([], open), 'pc', 'n1')).toBe('reachable');
    expect(asked(guarded([letIn(9100)], open), 'pc', 'n1')).toBe('denied at n1');
    expect(asked(guarded([letIn(9100)], open), 'n1', 'pc')).toBe('reachable');
    const passed: Policy = { selector: nodes, ingress: [{ action: 'Pass' }] };
    expect(asked(guarded([passed], open), 'pc', 'n1')).toBe('reachable');
    expect(asked(guarded([passed]), 'pc', 'n1')).toBe('denied at n1');
  });

  test('reaches its pods, and they it', () => {
    expect(asked(guarded([]), 'n1', 'web-1')).toBe('reachable');
    expect(asked(guarded([]), 'web-1', 'n1', 9100)).toBe('reachable');
    expect(asked(guarded([], {}, 'n1/*'), 'n1', 'web-1')).toBe('reachable');
    expect(asked(guarded([], {}, 'n1/*'), 'web-1', 'n1', 9100)).toBe('reachable');
  });

  test('passes on what is for its pods, and what they send', () => {
    expect(asked(guarded([]), 'pc', 'web-1')).toBe('reachable');
    expect(asked(guarded([]), 'web-1', 'pc')).toBe('reachable');
    expect(asked(guarded([]), 'web-1', 'web-2')).toBe('reachable');
    expect(asked(guarded([letIn(9100)]), 'pc', 'web-1')).toBe('reachable');
  });

  test('unless a policy is for forwarded packets too', () => {
    const forward = (port: number): Policy => ({ ...letIn(port), applyOnForward: true });
    expect(asked(guarded([forward(80)]), 'pc', 'web-1')).toBe('reachable');
    expect(asked(guarded([forward(9100)]), 'pc', 'web-1')).toBe('denied at n1');
    expect(asked(guarded([forward(9100)]), 'web-1', 'pc')).toBe('reachable');
    const out: Policy = { selector: nodes, egress: [{ action: 'Deny' }], applyOnForward: true };
    expect(asked(guarded([out]), 'web-1', 'pc')).toBe('denied at n1');
    expect(asked(guarded([out]), 'pc', 'web-1')).toBe('reachable');
    // it is for the node itself as well
    expect(asked(guarded([forward(80)]), 'pc', 'n1')).toBe('reachable');
    // no port is kept open for what is forwarded
    expect(asked(guarded([forward(9100)]), 'pc', 'web-1', 22)).toBe('denied at n1');
  });
});

describe('which interfaces a host endpoint is for', () => {
  test('the one that has an expected address', () => {
    const byAddress = (...expectedIPs: string[]) => guarded([], { expectedIPs }, 'n1');
    expect(verdict(ask(byAddress('10.0.1.11'), 'pc', 'n1'))).toBe('denied at n1');
    expect(verdict(ask(byAddress('10.0.1.99'), 'pc', 'n1'))).toBe('reachable');
  });

  test('all of them, but where one has its own', () => {
    const net = guarded([letIn(80)], {}, 'n1/*');
    expect(verdict(ask(net, 'pc', 'n1'))).toBe('reachable');
    const own = net.hostEndpoint('own', 'n1/eth0');
    expect(verdict(ask(own, 'pc', 'n1'))).toBe('denied at n1');
    expect(details(ask(own, 'pc', 'n1'), 'network-policy/deny')[0]).toMatchObject({
      hostEndpoint: 'own',
    });
  });

  test('tunnels and pods too, for what is forwarded', () => {
    const all: Policy = { selector: nodes, ingress: [], types: ['Ingress'], applyOnForward: true };
    const net = guarded([all], {}, 'n1/*');
    expect(verdict(ask(net, 'web-2', 'web-1'))).toBe('denied at n1');
    expect(verdict(ask(net, 'web-1', 'web-2'))).toBe('denied at n1');
    expect(verdict(ask(guarded([all]), 'web-2', 'web-1'))).toBe('reachable');
  });
});

test('tunnels between the nodes stay open', () => {
  const net = guarded([]).hostEndpoint('other', 'n2/eth0');
  const result = ask(net, 'web-1', 'web-2');
  expect(verdict(result)).toBe('reachable');
  expect(details(result, 'encapsulate/ip-in-ip')).toHaveLength(1);
});

test('rules know a host endpoint by its expected addresses', () => {
  const byLabel: Policy = {
    selector: "app == 'db'",
    ingress: [{ action: 'Allow', source: { namespaceSelector: 'global()', selector: nodes } }],
  };
  const plain = (endpoint: Partial<HostEndpoint>) =>
    guarded([byLabel], endpoint)
      .change('cluster', 'k', (found) => ({
        ...found,
        calico: { ipPools: [{ id: 'pool', cidr: '172.28.0.0/16' }] },
      }))
      .calicoPolicy('out', { selector: nodes, egress: [{ action: 'Allow' }] });
  expect(verdict(ask(plain({}), 'n1', 'db-2'))).toBe('denied at n2');
  expect(verdict(ask(plain({ expectedIPs: ['10.0.1.11'] }), 'n1', 'db-2'))).toBe('reachable');
});

describe.each(families)('closing node ports before DNAT, over IPv%d', (family) => {
  /** As IBM's documents do it: https://cloud.ibm.com/docs/containers?topic=containers-policy_tutorial */
  const denyNodePorts: Policy = {
    order: 1100,
    selector: nodes,
    applyOnForward: true,
    preDNAT: true,
    types: ['Ingress'],
    ingress: (['TCP', 'UDP'] as const).map((protocol) => ({
      action: 'Deny',
      protocol,
      destination: { ports: ['30000:32767'] },
    })),
  };
  const [office, node] =
    family === 4 ? ['10.0.3.0/24', '10.0.1.11'] : ['2001:db8:3::/64', '2001:db8:1::11'];
  const allowOffice: Policy = {
    order: 500,
    selector: nodes,
    applyOnForward: true,
    preDNAT: true,
    ingress: [
      {
        action: 'Allow',
        protocol: 'TCP',
        source: { nets: [office] },
        destination: { ports: [30080] },
      },
    ],
  };
  const serving = (policies: readonly Policy[], pods: readonly string[] = ['n1']) =>
    guarded(policies, { profiles: ['projectcalico-default-allow'] })
      .workload('store', pods, { namespace: 'shop', labels: { app: 'store' }, ports: ['8080'] })
      .service('store', family === 4 ? '172.29.0.20' : 'fd29::20', ['80 -> 8080 node 30080'], {
        namespace: 'shop',
        selector: { app: 'store' },
      });
  const asked = (net: NetworkBuilder, port = 30080) => ask(net, 'pc', node, { family, port });

  test.each([
    // where the service's pod is
    ['n1'],
    ['n2'],
  ])('with the pod on %s', (pod) => {
    expect(verdict(asked(serving([], [pod])))).toBe('reachable');
    const result = asked(serving([denyNodePorts], [pod]));
    expect(verdict(result)).toBe('denied at n1');
    expect(reason(result)).toBe(
      'Dropped, denied: ingress by host endpoint hep is denied by ingress[0] of policy p1',
    );
    expect(details(result, 'service/choose-endpoint')).toEqual([]);
    expect(verdict(asked(serving([denyNodePorts, allowOffice], [pod])))).toBe('reachable');
  });

  test('leaves the rest as it is', () => {
    const net = serving([denyNodePorts]);
    expect(verdict(asked(net, 80))).toBe('reachable');
    expect(verdict(ask(net, 'web-2', 'web-1', { family }))).toBe('reachable');
  });

  test('denies nothing that no rule matches, but the node itself stays closed', () => {
    const closed = guarded([denyNodePorts]);
    expect(verdict(asked(closed, 80))).toBe('denied at n1');
    expect(verdict(ask(closed, 'pc', 'web-1', { family }))).toBe('reachable');
  });

  test('keeps the ports open that Calico keeps open', () => {
    const denyAll: Policy = { ...denyNodePorts, ingress: [{ action: 'Deny' }] };
    expect(verdict(asked(serving([denyAll]), 22))).toBe('reachable');
    expect(verdict(asked(serving([denyAll]), 80))).toBe('denied at n1');
  });

  test('what it allows is allowed for the node and for forwarding', () => {
    const denyForward: Policy = {
      selector: nodes,
      ingress: [{ action: 'Deny' }],
      applyOnForward: true,
    };
    expect(verdict(asked(serving([denyForward, allowOffice])))).toBe('reachable');
    expect(verdict(asked(serving([denyForward])))).toBe('denied at n1');
    const allowNode: Policy = {
      ...allowOffice,
      ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [80] } }],
    };
    expect(verdict(asked(guarded([allowNode]), 80))).toBe('reachable');
  });

  test("pods' own policies are not passed by it", () => {
    const store: Policy = { selector: "app == 'store'", ingress: [] };
    expect(verdict(asked(serving([allowOffice, store])))).toBe('denied at n1');
  });
});

test('untracked policies are said not to be simulated', () => {
  const net = guarded([{ selector: nodes, doNotTrack: true, applyOnForward: true }]);
  const result = ask(net, 'pc', 'n1', { port: 22 });
  expect(verdict(result)).toBe('reachable');
  expect(warned(result)).toEqual(['not-modelled']);
  expect(result.warnings[0]?.detail).toEqual({
    part: 'calico-untracked',
    hostEndpoint: 'hep',
    policies: ['p1'],
  });
});

test('the steps tell the host endpoint, the policy and what is kept open', () => {
  expect(told(ask(guarded([letIn(80)]), 'pc', 'n1'), ['network-policy'])).toEqual([
    'n1: Network policy p1 allows ingress by host endpoint hep by ingress[0]',
  ]);
  expect(told(ask(guarded([]), 'pc', 'n1', { port: 22 }), ['network-policy'])).toEqual([
    'n1: Calico keeps tcp 22 open for ingress by host endpoint hep (failsafe)',
  ]);
  expect(reason(ask(guarded([]), 'pc', 'n1'))).toBe(
    'Dropped, denied: ingress by host endpoint hep is denied by default: no policy allows it',
  );
  expect(reason(ask(guarded([letIn(9100)]), 'pc', 'n1'))).toBe(
    'Dropped, denied: ingress by host endpoint hep is isolated by policy p1: no rule matches',
  );
});
