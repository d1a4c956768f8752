import { endText } from './end-text.ts';
import { filterText, ruleText, tupleText } from './filter-text.ts';
import type { Language } from './languages.ts';
import { denialText, policySubject } from './policy-text.ts';
import { korean } from './sentences-ko.ts';
import { withParticles } from './words-ko.ts';
import type {
  MasqueradeReason,
  RouteOrigin,
  ServiceVia,
  Step,
  StepDetails,
  StepKey,
  Tuple,
} from './step.ts';

/** One sentence a step, made from nothing but the step's detail. */
export type Sentences = {
  readonly [Key in StepKey]: (detail: StepDetails[Key]) => string;
};

/** `tcp from 203.0.113.43:443 to 198.51.100.25:49152`: both ports, since a reply is known by its source port. */
function packetText({ protocol, source, sourcePort, destination, destinationPort }: Tuple): string {
  return `${protocol} from ${endText(source, sourcePort)} to ${endText(destination, destinationPort)}`;
}

const originText: Record<RouteOrigin, string> = {
  connected: 'connected',
  static: 'static route',
  calico: 'Calico route to the node of the pod block',
  ipsec: 'what is behind IPsec tunnel',
  pod: 'between pod and node',
  'link-local': 'link-local gateway of the pod',
};

const masqueradeText: Record<MasqueradeReason, string> = {
  'nat-outgoing': 'the IP pool has natOutgoing and the destination is in no pool',
  'kube-proxy': 'kube-proxy marked it, so that the reply comes back this way',
  'load-balancer': 'the load balancer works as a proxy',
};

const serviceText: Record<ServiceVia, (service: string, port: number, nodePort: number) => string> =
  {
    'cluster-ip': (service, port) => `Service ${service} port ${port}`,
    'external-ip': (service, port) => `The external address of service ${service} port ${port}`,
    'load-balancer-ip': (service, port) =>
      `The load balancer address of service ${service} port ${port}`,
    'node-port': (service, port, nodePort) =>
      `Node port ${nodePort} of service ${service} port ${port}`,
  };

const oneOf = (choices: number, what: string): string =>
  choices > 1 ? ` (one of ${choices} ${what})` : '';

const listText = (items: readonly string[]): string => items.join(', ') || 'no address';

const english: Sentences = {
  'originate/send': (detail) => `Sends ${packetText(detail)}, ${detail.bytes} bytes`,

  'resolve-name/literal': ({ name, address }) =>
    name === address ? `${address} needs no look-up` : `${name} is ${address} without a look-up`,
  'resolve-name/ask': ({ name, server, record }) => `Asks ${server} for the ${record} of ${name}`,
  'resolve-name/answer': ({ name, addresses, zone }) =>
    `Answers ${name} = ${listText(addresses)} (zone ${zone})`,
  'resolve-name/forward': ({ name, server }) => `Hands the question for ${name} on to ${server}`,
  'resolve-name/unknown': ({ name, reason }) => `Cannot resolve ${name}: ${reason}`,
  'resolve-name/no-answer': ({ name, server, disposition }) =>
    `No answer from ${server} for ${name} (${disposition})`,

  'route/match': ({ prefix, origin, route, via, interface: out, choices }) =>
    `Route ${prefix}${via === undefined ? '' : ` by ${via}`} on ${out} (${originText[origin]}${
      route === undefined ? '' : ` ${route}`
    })${oneOf(choices, 'equal routes')}`,
  'route/none': ({ destination }) => `No route to ${destination}`,
  'route/discard': ({ destination, prefix, route }) =>
    `Route ${prefix}${route === undefined ? '' : ` (${route})`} discards what goes to ${destination}`,
  'route/local': ({ destination }) => `${destination} is an address of this device`,

  'neighbor/resolve': ({ address, mac, owner, segment, virtualIp, acrossStretch }) =>
    `${owner} answers for ${address}${
      virtualIp === undefined ? '' : ` (virtual IP ${virtualIp})`
    } on ${segment}${acrossStretch === undefined ? '' : `, across stretch ${acrossStretch}`}: ${mac}`,
  'neighbor/none': ({ address, segment }) => `Nobody on ${segment} answers for ${address}`,

  'firewall/accept': (detail) => filterText({ action: 'accept', ...detail }),
  'firewall/deny': (detail) => filterText({ action: 'deny', ...detail }),
  'firewall/reject': (detail) => filterText({ action: 'reject', ...detail }),
  'firewall/established': (detail) => `Known session lets ${packetText(detail)} through`,

  'nat/dnat': ({ rule, from, to }) => `DNAT ${ruleText(rule)}: destination ${from} becomes ${to}`,
  'nat/snat': ({ rule, from, to }) => `SNAT ${ruleText(rule)}: source ${from} becomes ${to}`,
  'nat/masquerade': ({ from, to, reason }) =>
    `Masquerade: source ${from} becomes ${to}, since ${masqueradeText[reason]}`,
  'nat/restore-source': ({ from, to }) => `Session restores the source: ${from} becomes ${to}`,
  'nat/restore-destination': ({ from, to }) =>
    `Session restores the destination: ${from} becomes ${to}`,

  'load-balance/choose': ({ balancer, member, to, choices, mode }) =>
    `Load balancer ${balancer} chooses ${member}, ${to}${oneOf(choices, 'members')}, ${
      mode === 'proxy' ? 'with its own address as source' : "with the client's address as source"
    }`,
  'load-balance/no-member': ({ balancer }) => `Load balancer ${balancer} has no member to choose`,

  'service/choose-endpoint': ({
    service,
    port,
    via,
    nodePort,
    pod,
    to,
    choices,
    local,
    affinity,
    masquerade,
  }) =>
    `${serviceText[via](service, port, nodePort ?? 0)} goes to ${
      pod === undefined ? to : `pod ${pod}, ${to}`
    }${oneOf(choices, local ? 'endpoints on this node' : 'endpoints')}${
      affinity === undefined ? '' : `; it stays with client ${affinity}`
    }${masquerade ? '; the source will be masqueraded' : ''}`,
  'service/no-endpoints': ({ service, port }) => `Service ${service} port ${port} has no endpoints`,
  'service/no-local-endpoints': ({ service, port, policy }) =>
    `Service ${service} port ${port} has no endpoints on this node (${policy}TrafficPolicy Local)`,
  'service/refuse-source': ({ service, port, source }) =>
    `Service ${service} port ${port} is not for ${source} (loadBalancerSourceRanges)`,

  'network-policy/accept': ({ policy, rule, profile, ...verdict }) =>
    profile === undefined
      ? `Network policy ${policy} allows ${policySubject(verdict)} by ${rule}`
      : `Network policy ${policy} passes ${policySubject(verdict)} on by ${rule} to profile ${profile}, which allows it`,
  'network-policy/deny': (detail) => `Network policy: ${denialText(detail)}`,
  'network-policy/failsafe': ({ service, ...verdict }) =>
    `Calico keeps ${service} open for ${policySubject(verdict)} (failsafe)`,

  'ingress-rule/match': ({ ingress, host, path, service, to, pod, endsTls, choices }) =>
    `Ingress ${ingress}${endsTls ? ' ends TLS and' : ''} sends ${host}${path} to service ${service}: ${
      pod === undefined ? to : `pod ${pod}, ${to}`
    }${oneOf(choices, 'endpoints')}`,
  'ingress-rule/none': ({ host, path }) =>
    `No ingress rule for ${host}${path} and no default backend: the controller answers 404`,
  'ingress-rule/no-endpoints': ({ ingress, service }) =>
    `Ingress ${ingress} picks service ${service}, which has no endpoints`,

  'proxy/use': ({ proxy, host }) => `Goes to ${host} through proxy ${proxy}`,
  'proxy/bypass': ({ host, token }) => `Goes to ${host} directly: NO_PROXY holds ${token}`,
  'proxy/connect': ({ host, port }) =>
    `Opens the connection to ${host} port ${port} for its client`,
  'proxy/refuse': ({ host, port, reason }) => `Refuses ${host} port ${port}: ${reason}`,

  'encapsulate/vxlan': ({ vni, segment, from, to, overheadBytes }) =>
    `Encapsulates in VXLAN ${vni} (${segment}), ${from} → ${to} (+${overheadBytes} bytes)`,
  'encapsulate/ip-in-ip': ({ interface: tunnel, from, to, overheadBytes }) =>
    `Encapsulates in IP-in-IP by ${tunnel}, ${from} → ${to} (+${overheadBytes} bytes)`,
  'encapsulate/l2-tunnel': ({ stretch, from, to, overheadBytes }) =>
    `Puts the frame into the tunnel of ${stretch}, ${from} → ${to} (+${overheadBytes} bytes)`,
  'encapsulate/ipsec': ({ tunnel, from, to, overheadBytes }) =>
    `Encrypts into IPsec tunnel ${tunnel}, ${from} → ${to} (+${overheadBytes} bytes)`,
  'decapsulate/vxlan': ({ vni, segment }) => `Takes the frame out of VXLAN ${vni} (${segment})`,
  'decapsulate/ip-in-ip': ({ interface: tunnel }) =>
    `Takes the packet out of IP-in-IP by ${tunnel}`,
  'decapsulate/ipsec': ({ tunnel }) => `Decrypts the packet out of IPsec tunnel ${tunnel}`,
  'decapsulate/l2-tunnel': ({ stretch, segment }) =>
    `Takes the frame out of the tunnel of ${stretch} onto ${segment}`,

  'switch/local': ({ segment, to }) => `Switches on ${segment} to ${to}, on this hypervisor`,
  'switch/uplink': ({ segment, to }) => `Switches on ${segment} by the uplink to ${to}`,
  'switch/remote': ({ segment, to, through }) =>
    `Switches on ${segment} to ${to} through ${through}`,

  'transmit/send': ({ interface: out, segment, lengthBytes, mtuBytes }) =>
    `Leaves by ${out} on ${segment}: ${lengthBytes} of at most ${mtuBytes} bytes`,
  'receive/accept': ({ interface: into, segment }) => `Comes in by ${into} on ${segment}`,
  'fragment/split': ({ interface: out, lengthBytes, mtuBytes, fragments }) =>
    `Cut into ${fragments} fragments for ${out}: ${lengthBytes} bytes are more than ${mtuBytes}`,

  'deliver/listener': (detail) => `Delivered: ${detail.listener} takes ${tupleText(detail)}`,
  'deliver/reply': (detail) => `Delivered: the reply ${packetText(detail)} is back`,
  'deliver/exit': ({ destination }) => `Leaves the drawn network towards ${destination}`,
  'drop/packet': ({ disposition, reason }) => `Dropped, ${disposition}: ${reason}`,
};

const sentences: Record<Language, Sentences> = { en: english, ko: korean };

/** What a step did, in one sentence: the same words in every interface, report and capture. */
export function stepSentence<Key extends StepKey>(
  key: Key,
  detail: StepDetails[Key],
  language: Language = 'en',
): string {
  const text = sentences[language][key](detail);
  return language === 'ko' ? withParticles(text) : text;
}

/** What of a step its sentence is made of. */
export type ToldStep = Pick<Step, 'kind' | 'action' | 'detail' | 'text'>;

/** The sentence of a step of a result, in the reader's language; `step.text` is its English one. */
export const stepText = (step: ToldStep, language: Language): string =>
  language === 'en'
    ? step.text
    : // A step's kind, action and detail belong together by its type.
      stepSentence(`${step.kind}/${step.action}` as StepKey, step.detail as never, language);
