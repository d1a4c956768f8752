import type { CalicoPolicy, HostEndpoint, IpPool } from '../../model/design.ts';
import type { EntityIds } from './entity-ids.ts';
import { showValue } from '../../model/issue.ts';
import { isRecord, type Manifest } from './manifests.ts';
import type { Notes } from './notes.ts';
import type { Placement } from './placement.ts';
import { isAbsent, ipPool as poolShape, shaped } from './shapes.ts';
import { isCalico } from './policies.ts';

const modes = { Always: 'always', CrossSubnet: 'cross-subnet', Never: 'never' } as const;

export function importPools(manifests: readonly Manifest[], notes: Notes): IpPool[] {
  return manifests.flatMap((manifest): IpPool[] => {
    if (manifest.kind !== 'IPPool') return [];
    const shape = shaped(manifest, poolShape, notes.issues);
    if (!shape) return [];
    const { spec } = shape;
    const older =
      spec.ipip?.enabled === true
        ? spec.ipip.mode === 'cross-subnet'
          ? 'cross-subnet'
          : 'always'
        : undefined;
    const ipInIp = isAbsent(spec.ipipMode) ? older : modes[spec.ipipMode];
    const nat = spec.natOutgoing ?? spec['nat-outgoing'];
    if (!isAbsent(spec.nodeSelector) && spec.nodeSelector !== 'all()') {
      notes.leaveOut(
        manifest,
        ['spec', 'nodeSelector'],
        'nodeSelector is not looked at: every node has addresses of the pool',
      );
    }
    return [
      {
        id: manifest.name,
        cidr: spec.cidr,
        ...(ipInIp === undefined ? {} : { ipInIp }),
        ...(isAbsent(spec.vxlanMode) ? {} : { vxlan: modes[spec.vxlanMode] }),
        ...(isAbsent(nat) ? {} : { natOutgoing: nat }),
        ...(isAbsent(spec.blockSize) ? {} : { blockLength: spec.blockSize }),
        ...(isAbsent(spec.disabled) ? {} : { disabled: spec.disabled }),
      },
    ];
  });
}

export interface ImportedCalicoPolicy {
  readonly manifest: Manifest;
  readonly policy: CalicoPolicy;
}
export interface ImportedHostEndpoint {
  readonly manifest: Manifest;
  readonly endpoint: HostEndpoint;
}

interface Context {
  readonly cluster: string;
  readonly ids: EntityIds;
  readonly notes: Notes;
}

const policyKeys = new Set([
  'order',
  'selector',
  'namespaceSelector',
  'types',
  'ingress',
  'egress',
  'applyOnForward',
  'preDNAT',
  'doNotTrack',
]);
const ruleKeys = new Set([
  'action',
  'ipVersion',
  'protocol',
  'notProtocol',
  'icmp',
  'notICMP',
  'source',
  'destination',
]);
const endKeys = new Set([
  'nets',
  'notNets',
  'selector',
  'notSelector',
  'namespaceSelector',
  'ports',
  'notPorts',
]);

/**
 * NetworkPolicy and GlobalNetworkPolicy of Calico, whose form the design has. One that holds what is not simulated is left
 * out whole: with a part of it gone it would say something else.
 */
export function importCalicoPolicies(
  manifests: readonly Manifest[],
  { cluster, ids, notes }: Context,
): ImportedCalicoPolicy[] {
  return manifests.flatMap((manifest) => {
    const isGlobal = manifest.kind === 'GlobalNetworkPolicy';
    if (!isCalico(manifest) || !(isGlobal || manifest.kind === 'NetworkPolicy')) return [];
    const spec = manifest.value['spec'];
    if (!isRecord(spec)) {
      notes.fault(manifest, ['spec'], 'spec is missing: expected a map');
      return [];
    }
    const { tier, ...rest } = spec;
    const unknown = unknownKeys(rest);
    if (tier !== undefined && tier !== 'default') unknown.push(`tier ${showValue(tier)}`);
    if (unknown.length > 0) {
      notes.leaveOut(
        manifest,
        ['spec'],
        `left out whole, since it holds what is not simulated: ${unknown.join(', ')}`,
      );
      return [];
    }
    const id = ids.give(
      'calico-policy',
      manifest.namespace,
      manifest.name.replace(/^default\./, ''),
    );
    const policy = {
      id,
      ...(id === manifest.name ? {} : { name: manifest.name }),
      cluster,
      ...(isGlobal ? {} : { namespace: manifest.namespace }),
      ...rest,
      // The design's validators say what is wrong with the rest.
    } as CalicoPolicy;
    return [{ manifest, policy }];
  });
}

function unknownKeys(spec: Readonly<Record<string, unknown>>): string[] {
  const unknown = Object.keys(spec).filter((key) => !policyKeys.has(key));
  for (const list of [spec['ingress'], spec['egress']]) {
    for (const rule of Array.isArray(list) ? list : []) {
      if (!isRecord(rule)) continue;
      unknown.push(...Object.keys(rule).filter((key) => !ruleKeys.has(key)));
      for (const end of [rule['source'], rule['destination']]) {
        if (isRecord(end)) unknown.push(...Object.keys(end).filter((key) => !endKeys.has(key)));
      }
    }
  }
  return [...new Set(unknown)];
}

export function importHostEndpoints(
  manifests: readonly Manifest[],
  { cluster, ids, notes, placement }: Context & { readonly placement: Placement },
): ImportedHostEndpoint[] {
  return manifests.flatMap((manifest) => {
    if (manifest.kind !== 'HostEndpoint') return [];
    const { spec, metadata } = manifest.value;
    if (!isRecord(spec)) return [];
    const node = typeof spec['node'] === 'string' ? placement.byName(spec['node']) : undefined;
    if (node === undefined) {
      notes.leaveOut(
        manifest,
        ['spec', 'node'],
        `there is no node ${String(spec['node'])}: left out`,
      );
      return [];
    }
    const labels = isRecord(metadata) ? metadata['labels'] : undefined;
    const { interfaceName, expectedIPs, profiles } = spec;
    const endpoint = {
      id: ids.give('host-endpoint', '', manifest.name),
      cluster,
      node,
      ...(interfaceName === undefined ? {} : { interfaceName }),
      ...(expectedIPs === undefined ? {} : { expectedIPs }),
      ...(profiles === undefined ? {} : { profiles }),
      ...(isRecord(labels) && Object.keys(labels).length > 0 ? { labels } : {}),
    } as HostEndpoint;
    return [{ manifest, endpoint }];
  });
}
