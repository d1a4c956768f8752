/** A small cluster with pods of several namespaces and labels, for tables of policies. */
import type { Cluster, NetworkPolicy } from '../../../src-main/model/design.ts';
import type { NetworkBuilder } from '../../builders/network.ts';
import { cluster } from '../cluster.ts';

export type Policy = Partial<Omit<NetworkPolicy, 'id'>>;

export const namespaces: NonNullable<Cluster['namespaces']> = [
  { name: 'shop', labels: { team: 'shop' } },
  { name: 'pay', labels: { team: 'money', tier: 'gold' } },
];

/**
 * In `shop`: web (app web, tier front) and db (app db, tier back); in `pay`: web too, and audit; in `bare`, a namespace
 * that the cluster does not list: tool. Pods -1 are on n1, -2 on n2. `agent` is on the host network of n1 and n2. `r`
 * knows the pods, so that `pc` reaches them.
 */
export function shop(more: Partial<Cluster> = {}): NetworkBuilder {
  const both = ['n1', 'n2'];
  const on = (namespace: string, labels: Record<string, string>, ports: string[]) => ({
    namespace,
    labels,
    ports,
  });
  return cluster(undefined, { namespaces, ...more })
    .workload('web', both, on('shop', { app: 'web', tier: 'front' }, ['http 80', '443', '53/UDP']))
    .workload('db', both, on('shop', { app: 'db', tier: 'back' }, ['sql 80', '443']))
    .workload('pay-web', both, on('pay', { app: 'web' }, ['http 443', '80']))
    .workload('audit', both, on('pay', { app: 'audit' }, ['80']))
    .workload('tool', both, on('bare', { app: 'tool' }, ['80']))
    .workload('agent', both, { ...on('shop', { app: 'web' }, ['80']), hostNetwork: true })
    .change('node', 'r', (node) => ({
      ...node,
      routes: [
        { destination: '172.28.0.0/26', via: '10.0.1.11' },
        { destination: '172.28.0.64/26', via: '10.0.1.12' },
        { destination: 'fd28::/122', via: '2001:db8:1::11' },
        { destination: 'fd28::40/122', via: '2001:db8:1::12' },
      ],
    }));
}

export const withPolicies = (...policies: readonly Policy[]): NetworkBuilder =>
  policies.reduce(
    (net, policy, at) => net.networkPolicy(`p${at + 1}`, { namespace: 'shop', ...policy }),
    shop(),
  );
