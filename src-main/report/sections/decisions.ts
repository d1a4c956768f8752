import type { Step } from '../../sim/index.ts';

/** Steps in which something configured lets a packet through, turns it away, sends it elsewhere or rewrites it. */
export function isDecision({ kind }: Step): boolean {
  switch (kind) {
    case 'firewall':
    case 'nat':
    case 'load-balance':
    case 'service':
    case 'network-policy':
    case 'ingress-rule':
    case 'proxy':
    case 'drop':
      return true;
    case 'originate':
    case 'resolve-name':
    case 'route':
    case 'neighbor':
    case 'encapsulate':
    case 'decapsulate':
    case 'switch':
    case 'transmit':
    case 'receive':
    case 'fragment':
    case 'deliver':
      return false;
    default:
      return kind satisfies never;
  }
}
