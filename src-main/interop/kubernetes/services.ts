import type { Service } from '../../model/design.ts';
import type { z } from 'zod';
import { AddressRange, canonical } from './addresses.ts';
import type { EntityIds } from './entity-ids.ts';
import type { Manifest } from './manifests.ts';
import type { Notes } from './notes.ts';
import {
  isAbsent,
  endpoints as endpointsShape,
  endpointSlice as sliceShape,
  service as serviceShape,
  shaped,
} from './shapes.ts';

/** First of the addresses of a service range that are given to whom nobody gave one: the lower ones are the cluster's own. */
const firstOfRange = 20n;
/** Kubernetes' usual range of node ports. */
const usualNodePorts = { from: 30000, to: 32767 };

export interface ServiceContext {
  readonly cluster: string;
  readonly serviceCidrs: readonly string[];
  readonly nodePortRange: { readonly from: number; readonly to: number } | undefined;
  /** Addresses and node ports that the design gives already. */
  readonly usedAddresses: Set<string>;
  readonly usedNodePorts: Set<number>;
  readonly ids: EntityIds;
  readonly notes: Notes;
}

export interface ImportedService {
  readonly manifest: Manifest;
  readonly service: Service;
}

type Shape = z.infer<typeof serviceShape>;
type SpecPort = NonNullable<Shape['spec']['ports']>[number];

/** Services; cluster IPs and node ports that a cluster would give are given in order. */
export function importServices(
  manifests: readonly Manifest[],
  context: ServiceContext,
): ImportedService[] {
  const shapes = manifests.flatMap((manifest) => {
    if (manifest.kind !== 'Service') return [];
    const shape = shaped(manifest, serviceShape, context.notes.issues);
    return shape ? [{ manifest, shape }] : [];
  });
  const { usedAddresses, usedNodePorts } = context;
  for (const { shape } of shapes) {
    for (const address of givenClusterIps(shape)) usedAddresses.add(address);
    for (const { nodePort } of shape.spec.ports ?? []) if (nodePort) usedNodePorts.add(nodePort);
  }
  const ranges = context.serviceCidrs.map(
    (cidr) => new AddressRange(cidr, usedAddresses, firstOfRange),
  );
  const endpoints = endpointsOf(manifests, context.notes);
  return shapes.map(({ manifest, shape }) => ({
    manifest,
    service: toService(manifest, shape, ranges, endpoints, context),
  }));
}

const givenClusterIps = ({ spec }: Shape): string[] => [
  ...new Set(
    [spec.clusterIP ?? '', ...(spec.clusterIPs ?? [])].flatMap((text) => canonical(text) ?? []),
  ),
];

function toService(
  manifest: Manifest,
  shape: Shape,
  ranges: readonly AddressRange[],
  endpoints: Endpoints,
  context: ServiceContext,
): Service {
  const { notes, ids } = context;
  const { spec, status } = shape;
  const type = spec.type ?? 'ClusterIP';
  const isHeadless = spec.clusterIP === 'None' || spec.clusterIPs?.[0] === 'None';
  const id = ids.give('service', manifest.namespace, manifest.name);
  tellUnused(manifest, shape, notes);
  const common = {
    id,
    type,
    ...(id === manifest.name ? {} : { name: manifest.name }),
    cluster: context.cluster,
    namespace: manifest.namespace,
  };
  if (type === 'ExternalName') {
    return {
      ...common,
      ...(isAbsent(spec.externalName) ? {} : { externalName: spec.externalName }),
    };
  }
  const given = givenClusterIps(shape);
  const clusterIps = isHeadless
    ? undefined
    : given.length > 0
      ? given
      : ranges.flatMap((range) => range.next() ?? []);
  if (clusterIps?.length === 0) {
    notes.fault(manifest, ['spec'], 'no cluster IP is left: expected a larger service range');
  }
  const balanced = [
    spec.loadBalancerIP ?? '',
    ...(status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip ?? ''),
  ].flatMap((text) => canonical(text) ?? []);
  const hasSelector = Object.keys(spec.selector ?? {}).length > 0;
  const policy = spec.externalTrafficPolicy === 'Global' ? 'Cluster' : spec.externalTrafficPolicy;
  const listed = hasSelector ? undefined : endpoints(manifest, shape);
  const nodePorts = type === 'NodePort' || type === 'LoadBalancer';
  return {
    ...common,
    ...(clusterIps && clusterIps.length > 0 ? { clusterIps } : {}),
    ...(isHeadless ? { headless: true } : {}),
    ...(hasSelector && spec.selector ? { selector: spec.selector } : {}),
    ports: (spec.ports ?? []).map((port) => toPort(port, nodePorts, context)),
    ...(listed && listed.length > 0 ? { endpoints: listed } : {}),
    ...(spec.externalIPs?.length ? { externalIps: spec.externalIPs } : {}),
    ...(type === 'LoadBalancer' && balanced.length > 0
      ? { loadBalancerIps: [...new Set(balanced)] }
      : {}),
    ...(spec.loadBalancerSourceRanges?.length
      ? { loadBalancerSourceRanges: spec.loadBalancerSourceRanges }
      : {}),
    ...(isAbsent(policy) ? {} : { externalTrafficPolicy: policy }),
    ...(isAbsent(spec.internalTrafficPolicy)
      ? {}
      : { internalTrafficPolicy: spec.internalTrafficPolicy }),
    ...(isAbsent(spec.sessionAffinity) ? {} : { sessionAffinity: spec.sessionAffinity }),
    ...(isAbsent(spec.publishNotReadyAddresses)
      ? {}
      : { publishNotReadyAddresses: spec.publishNotReadyAddresses }),
  };
}

function toPort(
  { name, port, protocol, targetPort, nodePort }: SpecPort,
  hasNodePort: boolean,
  { usedNodePorts, nodePortRange = usualNodePorts }: ServiceContext,
): NonNullable<Service['ports']>[number] {
  let node = nodePort ?? 0;
  if (hasNodePort && node === 0) {
    node = nodePortRange.from;
    while (usedNodePorts.has(node) && node < nodePortRange.to) node += 1;
    usedNodePorts.add(node);
  }
  return {
    ...(isAbsent(name) || name === '' ? {} : { name }),
    port,
    ...(isAbsent(protocol) ? {} : { protocol }),
    ...(isAbsent(targetPort) ? {} : { targetPort }),
    ...(hasNodePort && node > 0 ? { nodePort: node } : {}),
  };
}

function tellUnused(manifest: Manifest, { spec, status, metadata }: Shape, notes: Notes): void {
  const hints: readonly (readonly [key: string, text: string])[] = [
    [
      'loadBalancerClass',
      'loadBalancerClass is not carried over: nothing but the nodes answers for its addresses',
    ],
    [
      'healthCheckNodePort',
      'healthCheckNodePort is not carried over: load balancers ask no node for its health',
    ],
    [
      'sessionAffinityConfig',
      'the time of session affinity is not carried over: there is no time in a simulation',
    ],
    ['trafficDistribution', 'trafficDistribution is not carried over: any endpoint may be chosen'],
    ['topologyKeys', 'topologyKeys are not carried over: any endpoint may be chosen'],
  ];
  for (const [key, text] of hints) {
    if (!isAbsent(spec[key])) notes.leaveOut(manifest, ['spec', key], text);
  }
  for (const key of Object.keys(metadata.annotations ?? {})) {
    if (!/topology-(aware-hints|mode)|load-balancer|loadbalancer|cloud-provider/i.test(key))
      continue;
    notes.leaveOut(
      manifest,
      ['metadata', 'annotations', key],
      `annotation ${key} is not carried over`,
    );
  }
  for (const [at, { hostname }] of (status?.loadBalancer?.ingress ?? []).entries()) {
    if (isAbsent(hostname)) continue;
    const path = ['status', 'loadBalancer', 'ingress', at];
    notes.leaveOut(manifest, path, `the load balancer's name ${hostname} has no address here`);
  }
}

type Endpoints = (manifest: Manifest, shape: Shape) => NonNullable<Service['endpoints']>;

/** What Endpoints and EndpointSlices say of services without a selector. */
function endpointsOf(manifests: readonly Manifest[], notes: Notes): Endpoints {
  interface Listed {
    readonly manifest: Manifest;
    readonly service: string;
    readonly addresses: readonly string[];
    readonly ports: readonly { readonly name: string; readonly port: number }[];
  }
  const listed: Listed[] = [];
  for (const manifest of manifests) {
    if (manifest.kind === 'Endpoints') {
      const shape = shaped(manifest, endpointsShape, notes.issues);
      for (const { addresses, ports } of shape?.subsets ?? []) {
        listed.push({
          manifest,
          service: manifest.name,
          addresses: (addresses ?? []).map(({ ip }) => ip),
          ports: (ports ?? []).map(({ name, port }) => ({ name: name ?? '', port })),
        });
      }
    } else if (manifest.kind === 'EndpointSlice') {
      const shape = shaped(manifest, sliceShape, notes.issues);
      const service = shape?.metadata.labels?.['kubernetes.io/service-name'];
      if (!shape || service === undefined) continue;
      listed.push({
        manifest,
        service,
        addresses: (shape.endpoints ?? []).flatMap(({ addresses, conditions }) =>
          conditions?.ready === false ? [] : (addresses ?? []),
        ),
        ports: (shape.ports ?? []).flatMap(({ name, port }) =>
          isAbsent(port) ? [] : [{ name: name ?? '', port }],
        ),
      });
    }
  }
  return (manifest, { spec }) => {
    const own = listed.filter(
      (one) => one.manifest.namespace === manifest.namespace && one.service === manifest.name,
    );
    const [first, ...more] = spec.ports ?? [];
    if (more.length > 0 && own.length > 0) {
      notes.leaveOut(
        manifest,
        ['spec', 'ports'],
        `endpoints of a service without selector are those of its first port, ${first?.name ?? first?.port}`,
      );
    }
    return own.flatMap(({ addresses, ports }) => {
      const port = ports.find(({ name }) => name === (first?.name ?? '')) ?? ports[0];
      return port
        ? addresses.flatMap((text) => {
            const address = canonical(text);
            return address === undefined ? [] : [{ address, port: port.port }];
          })
        : [];
    });
  };
}
