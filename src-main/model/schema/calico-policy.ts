import { z } from 'zod';
import { parseCalicoSelector, type CalicoSelector } from '../calico-selector.ts';
import { parseIp, parsePrefix } from '../ip.ts';
import { labels, objectName } from './kubernetes-names.ts';
import { described, freeText, id, ipAddress, list, whole } from './scalars.ts';

/** Characters of a selector. */
const longestSelector = 4096;
const selectorExpected = `a Calico selector, such as role == 'db' && has(tier)`;

/** `allows` says what such a selector may not have, if it is so. */
function selectorText(allows: (selector: CalicoSelector) => string | undefined) {
  return freeText(0, longestSelector).superRefine((text, context) => {
    const parsed = parseCalicoSelector(text);
    const fault = parsed.ok
      ? allows(parsed.selector)
      : `at character ${parsed.fault.at} ${parsed.fault.expected}`;
    if (fault === undefined) return;
    context.addIssue({ code: 'custom', message: `${selectorExpected}; ${fault}` });
  });
}

const hasGlobal = (selector: CalicoSelector): boolean => {
  switch (selector.kind) {
    case 'global':
      return true;
    case 'not':
      return hasGlobal(selector.of);
    case 'and':
    case 'or':
      return selector.of.some(hasGlobal);
    default:
      return false;
  }
};

const selector = selectorText((parsed) =>
  hasGlobal(parsed) ? 'global() stands in the namespaceSelector of a rule only' : undefined,
);
const namespaceSelector = selectorText((parsed) =>
  parsed.kind !== 'global' && hasGlobal(parsed) ? 'global() stands alone' : undefined,
);

const netExpected = 'an address or a prefix, such as 10.0.0.5 or 10.0.0.0/24';
const net = z
  .string({ error: netExpected })
  .max(64, { error: netExpected, abort: true })
  .refine((text) => parseIp(text) !== undefined || parsePrefix(text) !== undefined, {
    error: netExpected,
  })
  .meta({ id: 'address-or-prefix', description: netExpected });

const portExpected =
  'a port from 0 to 65535, a range such as "30000:32767", or the name of a container port';
const calicoPort = z.union(
  [
    z
      .int({ error: portExpected })
      .min(0, { error: portExpected })
      .max(65535, { error: portExpected }),
    z.string({ error: portExpected }).refine(isPortText, { error: portExpected }),
  ],
  { error: portExpected },
);

/** numorstring.Port of Calico's API: `min:max`, or a name, which is no number. */
function isPortText(text: string): boolean {
  const range = /^(\d{1,5}):(\d{1,5})$/.exec(text);
  if (range) return Number(range[1]) <= Number(range[2]) && Number(range[2]) <= 65535;
  return /^[a-zA-Z0-9_.-]{1,128}$/.test(text) && !/^\d+$/.test(text);
}

const protocolExpected =
  'TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite, or a protocol number from 1 to 255';
const protocol = z.union(
  [
    z.enum(['TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite']),
    z
      .int({ error: protocolExpected })
      .min(1, { error: protocolExpected })
      .max(255, { error: protocolExpected }),
  ],
  { error: protocolExpected },
);

const icmp = z
  .strictObject({
    type: whole(0, 254, 'an ICMP type').exactOptional(),
    code: whole(0, 255, 'an ICMP code').exactOptional(),
  })
  .refine(({ type, code }) => type !== undefined || code === undefined, {
    error: 'a type, since there is a code',
    path: ['type'],
  });

const entityRule = z.strictObject({
  nets: list(net).exactOptional(),
  notNets: list(net).exactOptional(),
  selector: selector.exactOptional(),
  notSelector: selector.exactOptional(),
  namespaceSelector: namespaceSelector.exactOptional(),
  ports: list(calicoPort).exactOptional(),
  notPorts: list(calicoPort).exactOptional(),
});

const rule = z
  .strictObject({
    action: z.enum(['Allow', 'Deny', 'Log', 'Pass']),
    ipVersion: z
      .union([z.literal(4), z.literal(6)], { error: '4 or 6' })
      .exactOptional()
      .describe('Both when absent.'),
    protocol: protocol.exactOptional().describe('Every protocol when absent.'),
    notProtocol: protocol.exactOptional(),
    icmp: icmp.exactOptional(),
    notICMP: icmp.exactOptional(),
    source: entityRule.exactOptional(),
    destination: entityRule.exactOptional(),
  })
  .superRefine((value, context) => {
    for (const end of ['source', 'destination'] as const) {
      for (const key of ['ports', 'notPorts'] as const) {
        if ((value[end]?.[key] ?? []).length === 0 || hasPorts(value.protocol)) continue;
        const message = 'no ports, since the protocol is not TCP, UDP or SCTP';
        context.addIssue({ code: 'custom', message, path: [end, key] });
      }
    }
    const isIcmp = value.protocol === 'ICMP' || value.protocol === 'ICMPv6';
    if (value.icmp && !isIcmp) {
      const message = 'no ICMP type, since the protocol is not ICMP or ICMPv6';
      context.addIssue({ code: 'custom', message, path: ['icmp'] });
    }
    if (familiesOf(value).size > 1) {
      const message = 'addresses of one family, which is that of ipVersion where it is given';
      context.addIssue({ code: 'custom', message, path: [] });
    }
  })
  .meta({
    id: 'calico-rule',
    description: 'All that is given has to match. The first rule that matches decides.',
  });

const withPorts: readonly unknown[] = ['TCP', 'UDP', 'SCTP', 6, 17, 132];
const hasPorts = (given: unknown): boolean => withPorts.includes(given);

interface Families {
  readonly ipVersion?: number;
  readonly source?: { readonly nets?: readonly string[]; readonly notNets?: readonly string[] };
  readonly destination?: Families['source'];
}

/** Of everything in a rule that has one. */
function familiesOf({ ipVersion, source, destination }: Families): Set<number> {
  const nets = [source, destination].flatMap((end) => [
    ...(end?.nets ?? []),
    ...(end?.notNets ?? []),
  ]);
  const found = new Set<number>(nets.map((text) => (text.includes(':') ? 6 : 4)));
  if (ipVersion !== undefined) found.add(ipVersion);
  return found;
}

export const calicoPolicy = z
  .strictObject({
    id,
    ...described,
    cluster: id,
    namespace: objectName
      .exactOptional()
      .describe('Of a NetworkPolicy; absent: a GlobalNetworkPolicy.'),
    order: z
      .number({ error: 'a number' })
      .exactOptional()
      .describe(
        "Lower is earlier; equal ones by name. Last when absent; Kubernetes' own have 1000.",
      ),
    selector: selector.exactOptional().describe('All endpoints when absent.'),
    namespaceSelector: selector
      .exactOptional()
      .describe('Pods of those namespaces only; of a GlobalNetworkPolicy.'),
    types: list(z.enum(['Ingress', 'Egress']))
      .exactOptional()
      .describe('When absent, those that it has rules of; Ingress where it has none.'),
    ingress: list(rule).exactOptional(),
    egress: list(rule).exactOptional(),
    applyOnForward: z
      .boolean()
      .exactOptional()
      .describe('Of a host endpoint, also what the node forwards; false when absent.'),
    preDNAT: z
      .boolean()
      .exactOptional()
      .describe('Of a host endpoint, what comes in, before kube-proxy; false when absent.'),
    doNotTrack: z
      .boolean()
      .exactOptional()
      .describe('Without connection tracking, which is not simulated; false when absent.'),
  })
  .superRefine((policy, context) => {
    const complain = (message: string, ...path: string[]) =>
      context.addIssue({ code: 'custom', message, path });
    const { namespace, preDNAT, doNotTrack, applyOnForward } = policy;
    const globalOnly = ['namespaceSelector', 'applyOnForward', 'preDNAT', 'doNotTrack'] as const;
    for (const key of globalOnly) {
      if (namespace === undefined || policy[key] === undefined) continue;
      complain('no such key in a policy of a namespace', key);
    }
    if (preDNAT && doNotTrack) complain('false, since preDNAT is true', 'doNotTrack');
    if ((preDNAT || doNotTrack) && !applyOnForward) {
      complain('true, since the policy is for forwarded packets as well', 'applyOnForward');
    }
    if (preDNAT && (policy.egress ?? []).length > 0) {
      complain('no egress rules, since preDNAT is about what comes in', 'egress');
    }
    if (preDNAT && policy.types?.includes('Egress')) {
      complain('"Ingress" alone, since preDNAT is about what comes in', 'types');
    }
  })
  .meta({
    id: 'calico-policy',
    description:
      'A NetworkPolicy or GlobalNetworkPolicy of projectcalico.org/v3, in its default tier.',
  });

export const hostEndpoint = z
  .strictObject({
    id,
    ...described,
    cluster: id,
    node: id.describe('A member of the cluster.'),
    interfaceName: z
      .union([z.literal('*'), id], { error: 'the id of an interface of the node, or "*" for all' })
      .exactOptional(),
    expectedIPs: list(ipAddress)
      .exactOptional()
      .describe(
        'Without interfaceName, the interface that has one of them. Selectors of rules know the endpoint by them.',
      ),
    labels: labels.exactOptional(),
    profiles: list(z.enum(['projectcalico-default-allow']))
      .exactOptional()
      .describe('What no policy is for is denied when absent.'),
  })
  .refine(
    ({ interfaceName, expectedIPs }) =>
      interfaceName !== undefined || (expectedIPs ?? []).length > 0,
    { error: 'an interface, since there are no expectedIPs', path: ['interfaceName'] },
  )
  .meta({
    id: 'host-endpoint',
    description:
      'A HostEndpoint of projectcalico.org/v3: interfaces of a node that policies are for.',
  });
