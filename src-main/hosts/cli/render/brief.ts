import type { Hop, RuleName, Step } from '../../../sim/vocabulary/index.ts';
import type { Terminal } from '../terminal.ts';
import { reasonAt } from './verdict.ts';

const ruleText = (rule: RuleName | undefined): string =>
  rule ? `rule ${rule.number} ${rule.name ?? rule.id}` : 'default rule';

/** The few words of a step that a one-line hop keeps; undefined for steps that every hop has. */
export function briefStep(step: Step, node: string): string | undefined {
  switch (step.kind) {
    case 'originate':
      return `sends ${step.detail.protocol} to ${step.detail.destination}`;
    case 'resolve-name':
      return step.action === 'answer'
        ? `${step.detail.name} = ${step.detail.addresses.join(', ')}`
        : undefined;
    case 'route':
      if (step.action === 'match') {
        const via = step.detail.via === undefined ? '' : ` by ${step.detail.via}`;
        return `route ${step.detail.prefix}${via}`;
      }
      return step.action === 'local' ? undefined : `route ${step.action}`;
    case 'firewall':
      return step.action === 'established'
        ? 'known session'
        : `${step.action} (${ruleText(step.detail.rule)})`;
    case 'network-policy':
      if (step.action === 'failsafe') return `failsafe ${step.detail.service}`;
      return step.action === 'accept' ? `policy ${step.detail.policy}` : 'policy denies';
    case 'nat':
      return `${natSide(step)} ${step.detail.from} ⇒ ${step.detail.to}`;
    case 'load-balance':
      return step.action === 'choose' ? `member ${step.detail.member}` : 'no member';
    case 'service':
      return step.action === 'choose-endpoint'
        ? `service ${step.detail.service} ⇒ ${step.detail.to}`
        : `service ${step.detail.service} ${serviceEnds[step.action]}`;
    case 'ingress-rule':
      return step.action === 'match'
        ? `ingress ${step.detail.ingress} ⇒ ${step.detail.to}`
        : `ingress ${step.action}`;
    case 'proxy':
      return `proxy ${step.action} ${step.detail.host}`;
    case 'encapsulate':
      return `+ ${tunnelText(step)}`;
    case 'decapsulate':
      return `− ${tunnelText(step)}`;
    case 'fragment':
      return `${step.detail.fragments} fragments`;
    case 'deliver':
      return step.action === 'listener' ? `delivered to ${step.detail.listener}` : 'delivered';
    case 'drop':
      return `${step.detail.disposition}: ${reasonAt(node, step.detail.reason)}`;
    case 'neighbor':
      return step.action === 'none' ? `nobody answers for ${step.detail.address}` : undefined;
    case 'switch':
      return `switches to ${step.detail.to}`;
    case 'transmit':
    case 'receive':
      return undefined;
    default:
      return step satisfies never;
  }
}

function natSide(step: Extract<Step, { kind: 'nat' }>): string {
  switch (step.action) {
    case 'dnat':
    case 'restore-destination':
      return 'destination';
    case 'snat':
    case 'masquerade':
    case 'restore-source':
      return 'source';
    default:
      return step satisfies never;
  }
}

const refusals: ReadonlySet<Step['action']> = new Set<Step['action']>([
  ...(['deny', 'reject', 'none', 'discard', 'no-member', 'no-endpoints', 'refuse'] as const),
]);

/** The hop as one line: node, kind, and what changed the packet or its way. */
export function briefHop(hop: Hop, { colors }: Terminal): string {
  const where = hop.on === undefined ? '' : colors.dim(` on ${hop.on}`);
  const dropped = hop.steps.at(-1)?.kind === 'drop';
  const told = hop.steps.flatMap((step) => {
    // What refused the packet is told by the drop that follows.
    if (dropped && refusals.has(step.action)) return [];
    const text = briefStep(step, hop.node);
    return text === undefined ? [] : [{ kind: step.kind, text }];
  });
  // A frame that is put into a tunnel, or taken out, is switched besides; that is told where there is nothing else.
  const notable = told.filter(({ kind }) => kind !== 'switch');
  const words = (notable.length > 0 ? notable : told).map(({ kind, text }) =>
    kind === 'drop' ? colors.red(text) : text,
  );
  const what = words.length === 0 ? colors.dim('passes it on') : words.join(' · ');
  return `${colors.bold(hop.node)}${where}  ${what}`;
}

const serviceEnds = {
  'no-endpoints': 'without endpoints',
  'no-local-endpoints': 'without endpoints on this node',
  'refuse-source': 'is not for this source',
} as const;

/** The tunnel that a packet is put into or taken out of. */
function tunnelText(step: Extract<Step, { kind: 'encapsulate' | 'decapsulate' }>): string {
  switch (step.action) {
    case 'vxlan':
      return `VXLAN ${step.detail.vni}`;
    case 'ip-in-ip':
      return 'IP-in-IP';
    case 'l2-tunnel':
      return `tunnel ${step.detail.stretch}`;
    case 'ipsec':
      return `IPsec ${step.detail.tunnel}`;
    default:
      return step satisfies never;
  }
}
