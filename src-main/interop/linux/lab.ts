import { compile, type Network } from '../../sim/index.ts';
import type { LeftOut } from '../exchange.ts';
import { planLinux } from './index.ts';
import { leftOutOfLinux, withoutKubernetes } from './left-out.ts';
import type { LinuxOptions, LinuxPlan, Namespace } from './plan.ts';

/** A design's machines as Linux builds them, without what needs Kubernetes. */
export interface Lab {
  readonly plan: LinuxPlan;
  /** What the plan was made of. */
  readonly network: Network;
  /** In the order of the design. */
  readonly leftOut: readonly LeftOut[];
}

export function labOf(network: Network, options: LinuxOptions = {}): Lab {
  const machines = compile(withoutKubernetes(network.design));
  return {
    plan: planLinux(machines, options),
    network: machines,
    leftOut: leftOutOfLinux(network),
  };
}

/** The design's name as the name of a lab: lower-case ASCII letters, digits and dashes; at most 20, so that a machine's fits behind it. */
export function labName(network: Network): string {
  const name = dnsLabel(network.design.name, 20);
  return name === '' ? 'hopscope' : name;
}

/** RFC 1035 label of at most so many characters that starts with a letter, cut between words; empty where nothing is left. */
export function dnsLabel(text: string, most: number): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  const cut = label.slice(0, most);
  const whole = label.length <= most || label[most] === '-' ? cut : cut.replace(/-[^-]*$/, '');
  return whole.replace(/-$/, '');
}

/** A plan's line as words for `ip`; done again it changes nothing, except that what is made must not be there. */
export function ipWords(line: string): string[] {
  const words = line.split(' ');
  const [object, verb] = words;
  const again = verb === 'add' && (object === 'addr' || object === 'route' || object === 'neigh');
  return ['ip', object ?? '', again ? 'replace' : (verb ?? ''), ...words.slice(2)];
}

/** A plan's line as words for `bridge`; done again it changes nothing. */
export const bridgeWords = (line: string): string[] => [
  'bridge',
  ...line.split(' ').map((word, at) => (at === 1 && word === 'add' ? 'replace' : word)),
];

/** Ends of pairs that are a namespace's own and none of the design's interfaces: ports of bridges, by their names. */
export const portsOf = ({ pairs }: LinuxPlan, { name, interfaces }: Namespace) =>
  new Map(
    pairs.flatMap(([a, b]) =>
      [[a, b] as const, [b, a] as const].flatMap(([own, far]) =>
        own.namespace === name && !interfaces.has(own.name) ? [[own.name, { own, far }]] : [],
      ),
    ),
  );

/** Ends of pairs by the design's interfaces of a namespace. */
export const endsOf = ({ pairs }: LinuxPlan, { name, interfaces }: Namespace) =>
  pairs.flat().filter((end) => end.namespace === name && interfaces.has(end.name));

type Setting = readonly [path: string, value: string];

/** Settings of a namespace, and those that each interface has for itself: one that is there already follows no default. */
export function settingsOf({ sysctls }: Namespace): {
  readonly whole: readonly Setting[];
  readonly each: readonly Setting[];
} {
  const isDefault = ([path]: Setting) => path.includes(defaults);
  return {
    whole: sysctls.filter((setting) => !isDefault(setting)),
    each: sysctls.filter(isDefault),
  };
}

const defaults = '/conf/default/';

/** The path of an interface's own setting, of that of the defaults. */
export const pathFor = (path: string, name: string): string =>
  path.replace(defaults, () => `/conf/${name}/`);
