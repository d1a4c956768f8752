import { z } from 'zod';
import { limits } from '../limits.ts';
import {
  described,
  freeText,
  hostName,
  id,
  ipAddress,
  list,
  port,
  textMap,
  url,
  whole,
} from './scalars.ts';

const fromNode = z.strictObject({
  kind: z.literal('node'),
  node: id,
  address: ipAddress
    .exactOptional()
    .describe("One of the node's addresses; chosen by the route when absent."),
});
const fromPod = z.strictObject({ kind: z.literal('pod'), pod: id });
const fromAddress = z
  .strictObject({ kind: z.literal('address'), address: ipAddress, segment: id })
  .meta({
    description: 'A host that the design does not draw: an address on one of its segments.',
  });

export const flowSource = z
  .discriminatedUnion('kind', [fromNode, fromPod, fromAddress])
  .meta({ id: 'flow-source' });

export const flowTarget = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('url'), url }),
    z.strictObject({ kind: z.literal('name'), name: hostName }),
    z.strictObject({ kind: z.literal('address'), address: ipAddress }),
    z.strictObject({ kind: z.literal('node'), node: id }),
    z.strictObject({ kind: z.literal('pod'), pod: id }),
    z.strictObject({ kind: z.literal('service'), service: id }),
  ])
  .meta({ id: 'flow-target' });

export const proxySettings = z
  .strictObject({
    host: z.union([ipAddress, hostName], {
      error: 'an IPv4 or IPv6 address, or a DNS name such as proxy.example.com',
    }),
    port,
    noProxy: freeText(0, limits.notesLength).exactOptional().describe('The value of NO_PROXY.'),
    client: z.enum(['go', 'curl']).describe('Whose rules decide what NO_PROXY matches.'),
  })
  .meta({
    id: 'proxy-settings',
    description: 'What the client program has been told about a proxy.',
  });

export const flow = z
  .strictObject({
    id,
    ...described,
    from: flowSource,
    to: flowTarget,
    protocol: z.enum(['tcp', 'udp', 'icmp']).exactOptional().describe('tcp when absent.'),
    port: port.exactOptional().describe('Destination port; a URL brings its own.'),
    sourcePort: port.exactOptional().describe('Chosen for the client when absent.'),
    packetBytes: whole(28, 65535, 'a number of bytes')
      .exactOptional()
      .describe("Length in bytes of the client's IP packet; that of a handshake when absent."),
    df: z
      .boolean()
      .exactOptional()
      .describe("Don't fragment; set when absent, as common systems do."),
    family: z
      .literal([4, 6])
      .exactOptional()
      .describe('Address family to prefer where a name or node has both; 4 when absent.'),
    proxy: proxySettings.exactOptional(),
  })
  .meta({ id: 'flow', description: 'A question: does this packet arrive, and does its reply?' });

export const group = z
  .strictObject({
    id,
    ...described,
    members: list(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('node'), node: id }),
        fromPod,
        z.strictObject({ kind: z.literal('workload'), workload: id }),
        z.strictObject({ kind: z.literal('segment'), segment: id }),
        z.strictObject({ kind: z.literal('site'), site: id }),
        fromAddress,
      ]),
    ),
  })
  .meta({ id: 'group', description: 'Ends of flows that an intent speaks of together.' });

export const intent = z
  .strictObject({
    id,
    ...described,
    subject: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('flow'), flow: id }),
      z
        .strictObject({
          kind: z.literal('matrix'),
          sources: list(id).describe('Groups.'),
          destinations: list(id).describe('Groups.'),
          services: list(
            z.strictObject({
              protocol: z.enum(['tcp', 'udp', 'icmp']),
              port: port.exactOptional(),
            }),
          ),
        })
        .meta({ description: 'Every source to every destination by every service.' }),
    ]),
    expect: z.enum(['reachable', 'blocked']),
  })
  .meta({ id: 'intent', description: 'What must hold: the regression test of the design.' });

const clientSettings = z.strictObject({
  client: z
    .enum([
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
    ])
    .describe('Who reads them.'),
  nodes: list(id).exactOptional(),
  source: freeText(1, 512).describe('The file or environment that holds them, as on the machine.'),
  values: textMap(freeText(1, 128), freeText(0, limits.notesLength)),
});

export const installScenario = z
  .strictObject({
    id,
    ...described,
    product: z.enum(['icp-ce', 'icp-ee', 'cam', 'kubeadm', 'rke2']),
    mode: z.enum(['connected', 'proxy', 'air-gapped']),
    cluster: id.exactOptional(),
    artifacts: list(
      z.strictObject({
        kind: z.enum(['image', 'chart', 'terraform', 'package', 'binary']),
        reference: freeText(1, 512),
        neededBy: list(freeText(1, 63))
          .exactOptional()
          .describe('Who needs it: cluster roles or node ids.'),
        bytes: whole(0, limits.carriedBytes, 'a number of bytes')
          .exactOptional()
          .describe('How large it is to carry.'),
      }),
    ).exactOptional(),
    bundle: list(freeText(1, 512))
      .exactOptional()
      .describe('References that are carried along on the medium.'),
    mediumBytes: whole(1, limits.carriedBytes, 'a number of bytes')
      .exactOptional()
      .describe('How much the removable medium takes.'),
    settings: list(clientSettings).exactOptional(),
  })
  .meta({ id: 'install-scenario', description: 'A product that is to be installed from here.' });
