import { z } from 'zod';
import { limits } from '../limits.ts';
import {

  described,
  hostName,
  id,
  ipAddress,
  port,

  url,
} from './scalars.ts';

const list = <T extends z.ZodType>(of: T) => z.array(of).max(limits.listLength);

export const flowSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('node'), node: id, address: ipAddress.exactOptional() }),
  z.strictObject({ kind: z.literal('pod'), pod: id }),
  /** A host that the design does not draw: an address on one of its segments. */
  z.strictObject({ kind: z.literal('address'), address: ipAddress, segment: id }),
]);

export const flowTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('url'), url }),
  z.strictObject({ kind: z.literal('name'), name: hostName }),
  z.strictObject({ kind: z.literal('address'), address: ipAddress }),
  z.strictObject({ kind: z.literal('node'), node: id }),
  z.strictObject({ kind: z.literal('pod'), pod: id }),
  z.strictObject({ kind: z.literal('service'), service: id }),
]);

/** What the client program has been told about a proxy. */
export const proxySettings = z.strictObject({
  host: z.union([ipAddress, hostName]),
  port,
  /** The value of NO_PROXY. */
  noProxy: z.string().max(limits.notesLength).exactOptional(),
  client: z.enum(['go', 'curl']),
});

export const flow = z.strictObject({
  id,
  ...described,
  from: flowSource,
  to: flowTarget,
  /** tcp when absent. */
  protocol: z.enum(['tcp', 'udp', 'icmp']).exactOptional(),
  /** Destination port; a URL brings its own. */
  port: port.exactOptional(),
  sourcePort: port.exactOptional(),
  /** Length in bytes of the client's IP packet; that of a handshake when absent. */
  packetBytes: z.int().min(28).max(65535).exactOptional(),
  /** Don't fragment; set when absent, as common systems do. */
  df: z.boolean().exactOptional(),
  /** Address family to prefer where a name or node has both; 4 when absent. */
  family: z.union([z.literal(4), z.literal(6)]).exactOptional(),
  proxy: proxySettings.exactOptional(),
});

export const group = z.strictObject({
  id,
  ...described,
  members: list(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('node'), node: id }),
      z.strictObject({ kind: z.literal('pod'), pod: id }),
      z.strictObject({ kind: z.literal('workload'), workload: id }),
      z.strictObject({ kind: z.literal('segment'), segment: id }),
      z.strictObject({ kind: z.literal('site'), site: id }),
      z.strictObject({ kind: z.literal('address'), address: ipAddress, segment: id }),
    ]),
  ),
});

export const intent = z.strictObject({
  id,
  ...described,
  subject: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('flow'), flow: id }),
    z.strictObject({
      kind: z.literal('matrix'),
      sources: list(id),
      destinations: list(id),
      services: list(z.strictObject({ protocol: z.enum(['tcp', 'udp', 'icmp']), port: port.exactOptional() })),
    }),
  ]),
  expect: z.enum(['reachable', 'blocked']),
});

const clientSettings = z.strictObject({
  /** Who reads them. */
  client: z.enum([
    'docker',
    'containerd',
    'kubelet',
    'helm',
    'terraform',
    'curl',
    'apt',
    'yum',
    'icp-installer',
    'pod',
  ]),
  nodes: list(id).exactOptional(),
  /** The file or environment that holds them, as on the machine. */
  source: z.string().min(1).max(512),
  values: z.record(z.string().min(1).max(128), z.string().max(limits.notesLength)),
});

export const installScenario = z.strictObject({
  id,
  ...described,
  product: z.enum(['icp-ce', 'icp-ee', 'cam', 'kubeadm', 'rke2']),
  mode: z.enum(['connected', 'proxy', 'air-gapped']),
  cluster: id.exactOptional(),
  artifacts: list(
    z.strictObject({
      kind: z.enum(['image', 'chart', 'terraform', 'package', 'binary']),
      reference: z.string().min(1).max(512),
      /** Who needs it: cluster roles or node ids. */
      neededBy: list(z.string().min(1).max(63)).exactOptional(),
    }),
  ).exactOptional(),
  /** References that are carried along on the medium. */
  bundle: list(z.string().min(1).max(512)).exactOptional(),
  settings: list(clientSettings).exactOptional(),
});

