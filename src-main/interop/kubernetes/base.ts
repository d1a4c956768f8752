import { counted } from '../../sim/vocabulary/counted.ts';
import type { Cluster, Design, Node } from '../../model/design.ts';
import { ipPlus, parseInterfaceAddress, prefix } from '../../model/ip.ts';
import { canonical, type NodeBlock } from './addresses.ts';
import type { EntityIds } from './entity-ids.ts';
import type { Manifest } from './manifests.ts';
import type { Notes } from './notes.ts';
import { isAbsent, node as nodeShape, shaped } from './shapes.ts';

/** What the manifests do not say of the cluster that they run in. */
export interface ClusterOptions {
  /** Nodes of a generated cluster; as many as there are Node objects where there are any. */
  readonly nodes: number;
  /** One, or one a family. */
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  /** Subnet of the nodes. */
  readonly nodeCidr: string;
}

export const usualOptions: ClusterOptions = {
  nodes: 3,
  podCidrs: ['172.30.0.0/16'],
  serviceCidrs: ['172.21.0.0/16'],
  nodeCidr: '10.10.0.0/24',
};

/** A node that pods may be placed on. */
export interface PlaceForPods {
  readonly id: string;
  /** The name by which `nodeName` and `nodeSelector` know it. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Where the pods go: a cluster, drawn or generated, and the design around it. */
export interface Base {
  readonly design: Design;
  readonly cluster: Cluster;
  readonly places: readonly PlaceForPods[];
  readonly blocks: readonly NodeBlock[];
}

/** The cluster of a design, as it is. */
export function drawnBase(design: Design, cluster: Cluster): Base {
  const nameOf = (id: string) => design.nodes?.find((one) => one.id === id)?.name ?? id;
  const places = cluster.nodes
    .filter(({ roles }) => roles.length === 0 || roles.includes('worker'))
    .map(({ node }) => ({ id: node, name: nameOf(node), labels: hostName(node) }));
  const all = cluster.nodes.map(({ node }) => ({
    id: node,
    name: nameOf(node),
    labels: hostName(node),
  }));
  return {
    design,
    cluster,
    places: places.length > 0 ? places : all,
    blocks: cluster.calico?.blocks ?? [],
  };
}

/** The label that every kubelet puts on its node. */
const hostName = (name: string) => ({ 'kubernetes.io/hostname': name });

/** A cluster of its own: nodes on one segment, behind a router to the internet. */
export function generatedBase(
  manifests: readonly Manifest[],
  options: ClusterOptions,
  ids: EntityIds,
  notes: Notes,
): Base {
  const given = givenNodes(manifests, notes);
  const subnet = prefix(options.nodeCidr);
  const at = (offset: number) => ipPlus(subnet.network, BigInt(offset)).text;
  const used = new Set(given.flatMap(({ address }) => address ?? []));
  let next = 11;
  const nextAddress = (): string => {
    let address = at(next);
    for (next += 1; used.has(address); next += 1) address = at(next);
    return address;
  };
  const wanted =
    given.length > 0
      ? given
      : Array.from({ length: options.nodes }, (_, index) => ({
          name: `node-${index + 1}`,
          labels: hostName(`node-${index + 1}`),
          address: undefined,
          podCidrs: [],
        }));
  const members = wanted.map((one) => ({
    ...one,
    id: ids.give('node', '', one.name),
    address: one.address ?? nextAddress(),
  }));
  if (given.length === 0) {
    notes.assume(
      `${counted(options.nodes, 'node')} in ${options.nodeCidr}: there is no Node among the manifests`,
    );
  }
  const gateway = at(1);
  const nodes: Node[] = [
    {
      id: ids.give('node', '', 'gateway'),
      kind: 'router',
      name: 'Gateway',
      site: 'data-centre',
      interfaces: [
        { id: 'inside', segment: 'nodes', addresses: [`${gateway}/${subnet.length}`] },
        { id: 'outside', segment: 'internet', addresses: ['198.51.100.2/24'] },
      ],
      routes: [{ id: 'default', destination: '0.0.0.0/0', interface: 'outside' }],
      nat: [
        {
          id: 'out',
          kind: 'snat',
          interface: 'outside',
          original: subnet.text,
          translated: 'interface',
        },
      ],
    },
    ...members.map(({ id, name, address }): Node => ({
      id,
      kind: 'host',
      ...(name === id ? {} : { name }),
      site: 'data-centre',
      interfaces: [
        { id: 'eth0', segment: 'nodes', addresses: [withLength(address, subnet.length)] },
      ],
      routes: [{ id: 'default', destination: '0.0.0.0/0', via: gateway }],
      forwarding: true,
    })),
  ];
  const cluster: Cluster = {
    id: 'cluster',
    flavour: 'kubernetes',
    nodes: members.map(({ id }) => ({ node: id, roles: ['worker'] })),
    podCidrs: options.podCidrs,
    serviceCidrs: options.serviceCidrs,
  };
  return {
    design: {
      hopscope: 1,
      name: 'Imported cluster',
      sites: [
        { id: 'internet', kind: 'internet', name: 'Internet' },
        { id: 'data-centre', kind: 'data-centre', name: 'Data centre' },
      ],
      segments: [
        {
          id: 'internet',
          kind: 'lan',
          name: 'Internet',
          site: 'internet',
          subnets: [{ cidr: '198.51.100.0/24' }],
        },
        {
          id: 'nodes',
          kind: 'lan',
          name: 'Nodes',
          site: 'data-centre',
          subnets: [{ cidr: subnet.text, gateway }],
        },
      ],
      nodes,
    },
    cluster,
    places: members.map(({ id, name, labels }) => ({ id, name, labels })),
    blocks: members.flatMap(({ id, podCidrs }) => podCidrs.map((cidr) => ({ node: id, cidr }))),
  };
}

const withLength = (address: string, length: number): string =>
  parseInterfaceAddress(`${address}/${length}`) ? `${address}/${length}` : `${address}/32`;

function givenNodes(manifests: readonly Manifest[], notes: Notes) {
  return manifests.flatMap((manifest) => {
    if (manifest.kind !== 'Node') return [];
    const shape = shaped(manifest, nodeShape, notes.issues);
    if (!shape) return [];
    const { metadata, spec, status } = shape;
    const internal = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
    const address = internal === undefined ? undefined : canonical(internal);
    return [
      {
        name: manifest.name,
        labels: { ...hostName(manifest.name), ...metadata.labels },
        address,
        podCidrs: spec?.podCIDRs ?? (isAbsent(spec?.podCIDR) ? [] : [spec.podCIDR]),
      },
    ];
  });
}
