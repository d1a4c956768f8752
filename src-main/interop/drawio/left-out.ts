import type { Cluster, Design, Node } from '../../model/design.ts';
import { collections, entityRef, type CollectionKey, type EntityKind } from '../../model/ids.ts';
import type { LeftOut } from '../exchange.ts';
import { isWritable } from './xml-text.ts';

/** Parts of a node that a drawing does not show. */
const nodeParts: Readonly<Record<string, string>> = {
  routes: 'static routes are not drawn',
  resolvers: 'resolvers are not drawn',
  searchDomains: 'search domains are not drawn',
  listeners: 'listening ports are not drawn',
  firewall: 'firewall rules are not drawn',
  nat: 'NAT rules are not drawn',
  stageOrder: 'the order of filter and NAT is not drawn',
  loadBalancers: 'load balancers are not drawn',
  dnsServer: 'the DNS server is not drawn',
  httpProxy: 'the HTTP proxy is not drawn',
  artifactMirror: 'the artifact mirror is not drawn',
  virtualIps: 'virtual addresses are not drawn',
  ipsecTunnels: 'IPsec tunnels are not drawn',
};

const clusterParts: Readonly<Record<string, string>> = {
  nodePortRange: 'the range of node ports is not drawn',
  kubeProxyMode: "kube-proxy's mode is not drawn",
  calico: 'Calico settings are not drawn',
  namespaces: 'namespaces are not drawn',
  dns: 'the cluster DNS is not drawn',
  ingressController: 'the ingress controller is not drawn',
  otherIngressControllers: 'the ingress controllers are not drawn',
};

/** Kinds of entity that a drawing has no shape for. */
const undrawn = [
  'service',
  'ingress',
  'network-policy',
  'calico-policy',
  'host-endpoint',
  'group',
  'flow',
  'intent',
  'install-scenario',
] as const satisfies readonly EntityKind[];

/** What of a design is in no cell, in the order of the design. */
export function leftOutOf(design: Design, isDrawn: (ref: string) => boolean): readonly LeftOut[] {
  const found: LeftOut[] = [];
  const tell = (ref: string, path: string, text: string) => found.push({ ref, path, text });

  if (design.notes !== undefined) tell('design', 'notes', "the design's notes are not drawn");
  for (const { id, name, notes, tags, vniPool, udpPort } of design.transportZones ?? []) {
    const parts = Object.entries({ name, notes, tags, vniPool, udpPort });
    for (const [part, value] of parts) {
      if (value === undefined) continue;
      tell(entityRef('transport-zone', id), part, 'of a transport zone only its id is written');
    }
  }
  for (const node of design.nodes ?? []) tellNode(node, tell);
  const members = new Map<string, string>();
  for (const cluster of design.clusters ?? []) {
    tellCluster(cluster, tell);
    cluster.nodes.forEach(({ node }, at) => {
      const first = members.get(node);
      if (first === undefined) members.set(node, cluster.id);
      else if (first !== cluster.id) {
        const text = `${node} is drawn as a member of ${first}, in which its roles are written`;
        tell(entityRef('cluster', cluster.id), `nodes[${at}]`, text);
      }
    });
  }
  for (const { id, pods } of design.workloads ?? []) {
    const hidden = pods.filter((pod) => !isDrawn(`pod:${pod.id}`)).length;
    tell(
      entityRef('workload', id),
      '',
      hidden === 0
        ? 'only the pods of a workload are drawn'
        : 'its pods have no place in the drawing and are not drawn',
    );
  }
  for (const kind of undrawn) {
    for (const { id } of design[collections[kind] as CollectionKey] ?? []) {
      tell(entityRef(kind, id), '', `a drawing has no shape for it`);
    }
  }
  if ((design.layout ?? []).some(({ views }) => views !== undefined)) {
    tell('design', 'layout', 'places that are for one view alone are not written');
  }
  for (const kind of ['site', 'segment', 'node', 'link', 'stretch', 'cluster'] as const) {
    for (const entity of design[collections[kind]] ?? []) tellWords(kind, entity, tell);
  }
  if (!isWritable(design.name)) {
    tell(
      'design',
      'name',
      'control characters are written as U+FFFD: XML has no way to write them',
    );
  }
  return found;
}

type Tell = (ref: string, path: string, text: string) => void;

function tellNode(node: Node, tell: Tell): void {
  for (const [part, text] of Object.entries(nodeParts)) {
    const value = (node as unknown as Readonly<Record<string, unknown>>)[part];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    tell(entityRef('node', node.id), part, text);
  }
}

function tellCluster(cluster: Cluster, tell: Tell): void {
  const ref = entityRef('cluster', cluster.id);
  for (const [part, text] of Object.entries(clusterParts)) {
    if ((cluster as unknown as Readonly<Record<string, unknown>>)[part] !== undefined) {
      tell(ref, part, text);
    }
  }
  cluster.nodes.forEach(({ addresses }, at) => {
    if (addresses === undefined) return;
    tell(
      ref,
      `nodes[${at}].addresses`,
      'by which addresses it is known to the cluster is not drawn',
    );
  });
}

interface Described {
  readonly id: string;
  readonly name?: string;
  readonly notes?: string;
  readonly tags?: readonly string[];
}

function tellWords(kind: EntityKind, { id, name, notes, tags }: Described, tell: Tell): void {
  const ref = entityRef(kind, id);
  for (const [path, text] of Object.entries({ name, notes })) {
    if (text === undefined || isWritable(text)) continue;
    tell(ref, path, 'control characters are written as U+FFFD: XML has no way to write them');
  }
  tags?.forEach((tag, at) => {
    if (!/\s/.test(tag) && isWritable(tag)) return;
    tell(ref, `tags[${at}]`, 'blanks in a tag are written as _: draw.io separates tags by them');
  });
}
