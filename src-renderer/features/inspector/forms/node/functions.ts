import type { Component } from 'svelte';
import type { Node } from '../../../../../src-main/contract/index.ts';
import type { Part } from '../../../../state/inspector-editor.svelte.ts';
import type { Icon } from '../../../../ui/menu.ts';
import {
  IconAddress,
  IconDns,
  IconFirewall,
  IconLoadBalancer,
  IconLock,
  IconMirror,
  IconNat,
  IconNetwork,
  IconProxy,
  IconSearch,
  IconRule,
} from '../../../../ui/icons.ts';
import ArtifactMirror from './ArtifactMirror.svelte';
import DnsServer from './DnsServer.svelte';
import Firewall from './Firewall.svelte';
import HttpProxy from './HttpProxy.svelte';
import IpsecTunnels from './IpsecTunnels.svelte';
import Listeners from './Listeners.svelte';
import LoadBalancers from './LoadBalancers.svelte';
import Names from './Names.svelte';
import Nat from './Nat.svelte';
import StageOrder from './StageOrder.svelte';
import VirtualIps from './VirtualIps.svelte';

export type FunctionKey =
  | 'resolvers'
  | 'listeners'
  | 'firewall'
  | 'nat'
  | 'stageOrder'
  | 'loadBalancers'
  | 'dnsServer'
  | 'httpProxy'
  | 'artifactMirror'
  | 'virtualIps'
  | 'ipsecTunnels';

/** What a node may do, with its form. */
export interface NodeFunction {
  readonly key: FunctionKey;
  readonly icon: Icon;
  readonly form: Component<{ node: Part }>;
  /** What is written when it is added; absent where there is nothing yet that could be. */
  readonly first?: unknown;
}

const functions: readonly NodeFunction[] = [
  { key: 'resolvers', icon: IconSearch, form: Names },
  { key: 'listeners', icon: IconNetwork, form: Listeners },
  // A firewall that is put in lets everything through until somebody says otherwise.
  {
    key: 'firewall',
    icon: IconFirewall,
    form: Firewall,
    first: { defaultAction: 'accept', rules: [] },
  },
  { key: 'nat', icon: IconNat, form: Nat },
  { key: 'stageOrder', icon: IconRule, form: StageOrder },
  { key: 'loadBalancers', icon: IconLoadBalancer, form: LoadBalancers },
  { key: 'dnsServer', icon: IconDns, form: DnsServer, first: {} },
  // Squid's own default port.
  { key: 'httpProxy', icon: IconProxy, form: HttpProxy, first: { port: 3128 } },
  {
    key: 'artifactMirror',
    icon: IconMirror,
    form: ArtifactMirror,
    first: { kinds: ['images'], scheme: 'https', port: 443 },
  },
  { key: 'virtualIps', icon: IconAddress, form: VirtualIps },
  { key: 'ipsecTunnels', icon: IconLock, form: IpsecTunnels },
];

const ofClients: ReadonlySet<FunctionKey> = new Set(['resolvers', 'listeners']);

/** Those that a node of this kind can have. */
export function functionsOf(node: Node): readonly NodeFunction[] {
  switch (node.kind) {
    case 'host':
    case 'router':
    case 'edge-gateway':
      return functions;
    case 'hypervisor':
      return functions.filter(({ key }) => ofClients.has(key));
    case 'distributed-router':
    case 'l2-gateway':
      return [];
    default:
      return node satisfies never;
  }
}
