import { z } from 'zod';
import { limits } from '../limits.ts';
import {
  artifactMirror,
  dnsServer,
  firewall,
  httpProxy,
  listener,
  loadBalancer,
  natRule,
  route,
  virtualIp,
} from './functions.ts';
import { networkInterface } from './place.ts';
import { described, hostName, id, ipAddress, upDown } from './scalars.ts';

const list = <T extends z.ZodType>(of: T) => z.array(of).max(limits.listLength);

const base = {
  id,
  ...described,
  site: id.exactOptional(),
  state: upDown.exactOptional(),
  interfaces: list(networkInterface).exactOptional(),
  routes: list(route).exactOptional(),
};

/** DNS servers that the node itself asks, in order, and the domains it tries for short names. */
const client = {
  resolvers: list(ipAddress).exactOptional(),
  searchDomains: list(hostName).exactOptional(),
};

const functions = {
  listeners: list(listener).exactOptional(),
  firewall: firewall.exactOptional(),
  nat: list(natRule).exactOptional(),
  /**
   * Order of the filter and NAT stages. `nsx-v`: firewall on original addresses → DNAT → route → SNAT.
   * `linux`: DNAT → route → firewall → SNAT. Absent: `nsx-v` on an edge-gateway, `linux` elsewhere.
   */
  stageOrder: z.enum(['nsx-v', 'linux']).exactOptional(),
  loadBalancers: list(loadBalancer).exactOptional(),
  dnsServer: dnsServer.exactOptional(),
  httpProxy: httpProxy.exactOptional(),
  artifactMirror: artifactMirror.exactOptional(),
  virtualIps: list(virtualIp).exactOptional(),
};

/** The hypervisor that a virtual machine runs on. */
const virtual = { runsOn: id.exactOptional() };

export const node = z.discriminatedUnion('kind', [
  /** A client, server, virtual machine or bare-metal host. Forwards packets of others only where `forwarding` is set. */
  z.strictObject({
    ...base,
    ...client,
    ...functions,
    ...virtual,
    kind: z.literal('host'),
    forwarding: z.boolean().exactOptional(),
  }),
  z.strictObject({ ...base, ...client, ...functions, ...virtual, kind: z.literal('router') }),
  /** NSX Edge Services Gateway. */
  z.strictObject({ ...base, ...client, ...functions, ...virtual, kind: z.literal('edge-gateway') }),
  /** NSX Distributed Logical Router: one instance in every hypervisor of its transport zone. */
  z.strictObject({ ...base, kind: z.literal('distributed-router'), transportZone: id }),
  z.strictObject({
    ...base,
    ...client,
    kind: z.literal('hypervisor'),
    listeners: functions.listeners,
    /** Transport zones that this hypervisor belongs to, and the interfaces that end its VXLAN tunnels. */
    transportZones: list(id).exactOptional(),
    vteps: list(id).exactOptional(),
  }),
  /** A layer-2 concentrator: one end of a stretched network. */
  z.strictObject({ ...base, ...virtual, kind: z.literal('l2-gateway') }),
]);
