import { reasons } from './reasons.ts';
import { say, type SayingTable } from './saying.ts';
import { unmodelled, unmodelledText } from './unmodelled.ts';
import type { DeadToken, WarningFacts } from './warning.ts';

const deadTokens: Readonly<Record<DeadToken, string>> = {
  'address-start': 'it is the start of an address, not a network',
  'no-network': 'it is no network',
  star: 'a star stands there for nothing but itself',
  port: 'curl compares no ports',
};

/** Of a share, 0–1. */
export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

export const warnings: SayingTable<WarningFacts> = {
  'mtu-black-hole': ({ sender, sentBytes, passesBytes, ...at }) =>
    `small packets of ${sender} pass, those of ${sentBytes} bytes vanish at ${at.device} ${at.interface} → ${at.segment}: ` +
    `${at.lengthBytes} bytes do not fit its MTU of ${at.mtuBytes} bytes, and the sender is not told; ${passesBytes === undefined ? 'no size that is allowed passes' : `the largest that passes has ${passesBytes} bytes`}`,
  'mtu-reduced': ({ sender, sentBytes, passesBytes, ...at }) =>
    `${sender} has to go down from ${sentBytes} to ${passesBytes} bytes: ${at.device} ${at.interface} → ${at.segment} ` +
    `carries ${at.mtuBytes} bytes, and ${at.device} says so (path MTU discovery)`,
  fragmentation: ({ sender, sentBytes, tunnelled, wholeBytes, ...at }) =>
    `packets of ${sender} of ${sentBytes} bytes are cut into fragments at ${at.device} ${at.interface} → ${at.segment}: ` +
    `${at.lengthBytes} bytes ${tunnelled ? 'with the tunnel around them' : 'in all'}, ${at.mtuBytes} fit; ` +
    `up to ${wholeBytes} bytes stay whole`,
  asymmetric: ({ device, translates = false }) =>
    translates
      ? `the reply comes to ${device}, which has not seen the request: it lets the handshake pass as it is and translates what follows, so that the connection opens and breaks with its first data`
      : `the reply comes to ${device}, which has not seen the request, and is judged as a new connection`,
  tromboning: ({ from, to, stretch, extraHops }) =>
    `${from} → ${to} goes through stretch ${stretch} to its gateway and comes back: ` +
    `${extraHops} extra hops, which proximity routing would save`,
  'paths-differ': ({ shares }) => {
    const told = shares.map(
      ({ share, status }) => `${percent(share)} of the connections are ${status}`,
    );
    return `equal ways end differently: ${told.join(', ')}`;
  },
  'paths-cut': ({ followed }) => `there are more than the ${followed} ways that were followed`,
  'not-modelled': (part) => unmodelledText(unmodelled, part),
  'nested-vxlan': ({ inner, outer, port }) =>
    `${inner} sends VXLAN on UDP ${port} inside ${outer}, whose own VXLAN uses that port too`,
  'resolver-failed': ({ server, client, reason }) =>
    `${server} does not answer ${client}: ${say(reasons, reason)}`,
  ambiguous: ({ policy, address, ownNode }) =>
    ownNode === undefined
      ? `network policy ${policy} is held against ${address}: Kubernetes leaves open whether it sees addresses before or after translation`
      : `network policy ${policy} denies ${address} on the pod's own node ${ownNode}: Kubernetes says that the two always reach each other, Calico goes by the policy`,
  'no-proxy-token': ({ token, client, dead }) =>
    `NO_PROXY holds ${token}, which never matches for ${client}: ${deadTokens[dead]}`,
};
