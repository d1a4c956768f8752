import { z } from 'zod';
import {
  artifactMirror,
  dnsServer,
  firewall,
  httpProxy,
  ipsecTunnel,
  listener,
  loadBalancer,
  natRule,
  route,
  virtualIp,
} from './functions.ts';
import { networkInterface } from './place.ts';
import { described, hostName, id, ipAddress, list, upDown } from './scalars.ts';

const base = {
  ...described,
  site: id.exactOptional(),
  state: upDown.exactOptional(),
  interfaces: list(networkInterface).exactOptional(),
  routes: list(route).exactOptional(),
};

const client = {
  resolvers: list(ipAddress)
    .exactOptional()
    .describe('DNS servers that the node itself asks, in order.'),
  searchDomains: list(hostName)
    .exactOptional()
    .describe('Domains that the node tries for short names, in order.'),
};

const functions = {
  listeners: list(listener).exactOptional().describe('Ports that programs on the node listen on.'),
  firewall: firewall.exactOptional(),
  nat: list(natRule).exactOptional().describe('First match wins.'),
  stageOrder: z
    .enum(['nsx-v', 'linux'])
    .exactOptional()
    .describe(
      'Order of the filter and NAT stages. nsx-v: firewall on original addresses → DNAT → route → SNAT. ' +
        'linux: DNAT → route → firewall → SNAT. Absent: nsx-v on an edge-gateway, linux elsewhere.',
    ),
  loadBalancers: list(loadBalancer).exactOptional(),
  dnsServer: dnsServer.exactOptional(),
  httpProxy: httpProxy.exactOptional(),
  artifactMirror: artifactMirror.exactOptional(),
  virtualIps: list(virtualIp).exactOptional(),
  ipsecTunnels: list(ipsecTunnel).exactOptional(),
};

const virtual = {
  runsOn: id.exactOptional().describe('The hypervisor that this virtual machine runs on.'),
};

export const node = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        id,
        kind: z.literal('host'),
        ...base,
        ...client,
        ...functions,
        ...virtual,
        forwarding: z
          .boolean()
          .exactOptional()
          .describe('Whether it forwards packets of others; false when absent.'),
      })
      .meta({ description: 'A client, server, virtual machine or bare-metal host.' }),
    z.strictObject({
      id,
      kind: z.literal('router'),
      ...base,
      ...client,
      ...functions,
      ...virtual,
    }),
    z
      .strictObject({
        id,
        kind: z.literal('edge-gateway'),
        ...base,
        ...client,
        ...functions,
        ...virtual,
      })
      .meta({ description: 'NSX Edge Services Gateway.' }),
    z.strictObject({ id, kind: z.literal('distributed-router'), transportZone: id, ...base }).meta({
      description:
        'NSX Distributed Logical Router: one instance in every hypervisor of its transport zone.',
    }),
    z
      .strictObject({
        id,
        kind: z.literal('hypervisor'),
        ...base,
        ...client,
        listeners: functions.listeners,
        transportZones: list(id)
          .exactOptional()
          .describe('Transport zones that this hypervisor belongs to.'),
        vteps: list(id).exactOptional().describe('The interfaces that end its VXLAN tunnels.'),
      })
      .meta({ description: 'A host of virtual machines, such as ESXi.' }),
    z
      .strictObject({ id, kind: z.literal('l2-gateway'), ...base, ...virtual })
      .meta({ description: 'A layer-2 concentrator: one end of a stretched network.' }),
  ])
  .meta({ id: 'node' });
