import type { NetworkPolicy } from '../../model/design.ts';
import type { EntityIds } from './entity-ids.ts';
import type { Manifest } from './manifests.ts';
import type { Notes } from './notes.ts';
import {
  isAbsent,
  networkPolicy as policyShape,
  shaped,
  type LabelSelectorShape,
  type PolicyPeerShape,
  type PolicyPortShape,
} from './shapes.ts';

export interface ImportedPolicy {
  readonly manifest: Manifest;
  readonly policy: NetworkPolicy;
}

type Rule = NonNullable<NetworkPolicy['ingress']>[number];
type Peer = NonNullable<Rule['from']>[number];
type Selector = NetworkPolicy['podSelector'];

/** NetworkPolicy of networking.k8s.io/v1, and of extensions/v1beta1, which has the same form. */
export function importPolicies(
  manifests: readonly Manifest[],
  { cluster, ids, notes }: { cluster: string; ids: EntityIds; notes: Notes },
): ImportedPolicy[] {
  return manifests.flatMap((manifest) => {
    if (manifest.kind !== 'NetworkPolicy' || isCalico(manifest)) return [];
    const shape = shaped(manifest, policyShape, notes.issues);
    if (!shape) return [];
    const { spec } = shape;
    const id = ids.give('network-policy', manifest.namespace, manifest.name);
    const policy: NetworkPolicy = {
      id,
      ...(id === manifest.name ? {} : { name: manifest.name }),
      cluster,
      namespace: manifest.namespace,
      podSelector: toSelector(spec.podSelector),
      ...(spec.policyTypes?.length ? { policyTypes: [...new Set(spec.policyTypes)] } : {}),
      ...(spec.ingress
        ? {
            ingress: spec.ingress.map(({ from, ports }) => ({
              ...toPeers('from', from),
              ...toPorts(ports),
            })),
          }
        : {}),
      ...(spec.egress
        ? {
            egress: spec.egress.map(({ to, ports }) => ({
              ...toPeers('to', to),
              ...toPorts(ports),
            })),
          }
        : {}),
    };
    return [{ manifest, policy }];
  });
}

export const isCalico = ({ apiVersion }: Manifest): boolean =>
  apiVersion.includes('projectcalico.org');

function toSelector(shape: LabelSelectorShape | null | undefined): Selector {
  const { matchLabels, matchExpressions } = shape ?? {};
  return {
    ...(matchLabels && Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
    ...(matchExpressions?.length
      ? {
          matchExpressions: matchExpressions.map(({ key, operator, values }) => ({
            key,
            operator,
            ...(values?.length ? { values } : {}),
          })),
        }
      : {}),
  };
}

function toPeers<Key extends 'from' | 'to'>(
  key: Key,
  peers: readonly PolicyPeerShape[] | null | undefined,
): Partial<Record<Key, Peer[]>> {
  if (!peers) return {};
  const found = peers.map(({ podSelector, namespaceSelector, ipBlock }): Peer => {
    if (ipBlock) {
      const { cidr, except } = ipBlock;
      return { ipBlock: { cidr, ...(except?.length ? { except } : {}) } };
    }
    return {
      ...(podSelector ? { podSelector: toSelector(podSelector) } : {}),
      ...(namespaceSelector ? { namespaceSelector: toSelector(namespaceSelector) } : {}),
    };
  });
  return { [key]: found } as Partial<Record<Key, Peer[]>>;
}

function toPorts(ports: readonly PolicyPortShape[] | null | undefined): Pick<Rule, 'ports'> {
  if (!ports) return {};
  return {
    ports: ports.map(({ protocol, port, endPort }) => ({
      ...(isAbsent(protocol) ? {} : { protocol }),
      ...(isAbsent(port) ? {} : { port }),
      ...(isAbsent(endPort) ? {} : { endPort }),
    })),
  };
}
