/** A design as it stands in the kernel: built, watched, with its programs listening. */
import { planLinux, type LinuxPlan, type Namespace } from '../../src-main/interop/linux/index.ts';
import { ip } from '../../src-main/model/ip.ts';
import type { Network } from '../../src-main/sim/compile/network.ts';
import type { Agent, Fault, ListenRequest, NamespaceRequest, TunnelRequest } from './agent.ts';

/** NFLOG group that all rules report to, within each namespace. */
export const logGroup = 1;

/** What makes a test short, beyond what the design asks for: no error is held back. */
const haste: readonly (readonly [path: string, value: string])[] = [
  // Not the rate itself: to set that to 0 takes away what the limit of `ip_error` counts on.
  ['net/ipv4/icmp_ratemask', '0'],
  ['net/ipv4/icmp_msgs_per_sec', '1000000'],
  ['net/ipv4/icmp_msgs_burst', '1000000'],
  ['net/ipv6/icmp/ratelimit', '0'],
  // Ports of random flows are everywhere; none is given out by the kernel itself.
  ['net/ipv4/ip_local_port_range', '10000 10100'],
  ['net/ipv4/tcp_no_metrics_save', '1'],
];

/** A neighbor that does not answer is given up after two questions, 200 ms each: enough for an answer on a busy machine. */
const neighborHaste = (name: string): (readonly [path: string, value: string])[] =>
  ([4, 6] as const).flatMap((family) => [
    [`net/ipv${family}/neigh/${name}/retrans_time_ms`, '200'],
    [`net/ipv${family}/neigh/${name}/mcast_solicit`, '2'],
  ]);

/** A machine's stack: the node, and for a distributed router the hypervisor of the instance. */
export const placeText = (node: string, on: string | undefined): string =>
  on === undefined ? node : `${node} on ${on}`;

/** A plan's namespace, with what the plan itself has no need of. */
export interface KernelNamespace extends Namespace {
  /** For those of interfaces: set when these are there. */
  readonly lateSysctls?: readonly (readonly [path: string, value: string])[];
}

export interface KernelPlan extends LinuxPlan {
  readonly namespaces: readonly KernelNamespace[];
  readonly tunnels?: readonly TunnelRequest[];
}

/** Changes a plan, or puts another one in its place. */
export type WithPlan = (plan: LinuxPlan) => KernelPlan;

export interface KernelNetwork {
  readonly plan: LinuxPlan;
  /** Namespace → place. */
  readonly places: ReadonlyMap<string, string>;
  /** Namespace → interface in Linux → interface of the design. */
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly namespaceOf: (node: string) => string;
  /** What `ip`, `bridge` or `iptables-restore` did not take. */
  readonly faults: readonly Fault[];
}

/** Builds the design's plan, or what `withPlan` makes of it. */
export async function buildNetwork(
  agent: Agent,
  network: Network,
  withPlan: WithPlan = (plan) => plan,
): Promise<KernelNetwork> {
  const plan: KernelPlan = withPlan(planLinux(network, { logGroup }));
  const wires = plan.wires.map((line) => `${line}\n`).join('');
  const { faults } = await agent.ask('build', {
    namespaces: plan.namespaces.map((one) => requestOf(network, one)),
    wires,
  });
  if (plan.tunnels) await agent.ask('tunnel', { tunnels: plan.tunnels });
  const machines = plan.namespaces.filter(({ node }) => node !== undefined);
  await agent.ask('watch', {
    namespaces: machines.map((one) => ({
      name: one.name,
      interfaces: [...one.interfaces.keys()],
      delivery: true,
      log: one.iptables.length > 0 ? logGroup : 0,
    })),
  });
  await agent.ask('listen', { listeners: listenersOf(network, machines) });
  return {
    plan,
    faults,
    places: new Map(machines.map((one) => [one.name, placeText(one.node ?? '', one.on)])),
    interfaces: new Map(machines.map((one) => [one.name, one.interfaces])),
    namespaceOf: (node) => machines.find((one) => one.node === node)?.name ?? node,
  };
}

/** Lets tcpdump capture what is at the machines' interfaces. */
export async function capture(agent: Agent, { interfaces }: KernelNetwork): Promise<void> {
  await agent.ask('capture', {
    namespaces: [...interfaces].map(([name, items]) => ({ name, interfaces: [...items.keys()] })),
  });
}

const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');

function requestOf(network: Network, one: KernelNamespace): NamespaceRequest {
  const steps = [
    // All lines are tried, so that one run tells all that is wrong.
    [['ip', '-force', '-batch', '-'], lines([...one.ip, ...wholePackets(one)])],
    [['bridge', '-force', '-batch', '-'], lines(one.bridge)],
    [['iptables-restore'], lines(one.iptables)],
    [['ip6tables-restore'], lines(one.ip6tables)],
  ] as const;
  return {
    name: one.name,
    sysctls: [...one.sysctls, ...haste],
    lateSysctls: [...[...one.interfaces.keys()].flatMap(neighborHaste), ...(one.lateSysctls ?? [])],
    awaited: awaitedOf(network, one),
    steps: steps.filter(([, text]) => text !== ''),
  };
}

/** No packet that is cut only by the card that is not there: what TCP sends is what wires see. */
const wholePackets = ({ interfaces }: Namespace): string[] =>
  [...interfaces.keys()].map((name) => `link set dev ${name} gso_max_segs 1`);

/** IPv6 addresses of interfaces that are up and connected. */
function awaitedOf(network: Network, one: Namespace): (readonly [name: string, address: string])[] {
  const { interfaces = [] } = network.devices.find(({ id }) => id === one.node) ?? {};
  return [...one.interfaces].flatMap(([name, id]) => {
    const item = interfaces
      .map((index) => network.interfaces[index])
      .find((found) => found?.id === id);
    if (!item?.up || item.segment < 0) return [];
    return item.addresses
      .filter(({ family }) => family === 6)
      .map(({ w0, w1, w2, w3 }) => {
        const words = [w0, w1, w2, w3].map((word) => word.toString(16).padStart(8, '0'));
        return [name, words.join('')] as const;
      });
  });
}

type Program = Omit<ListenRequest, 'namespace'>;

function listenersOf(network: Network, machines: readonly Namespace[]): ListenRequest[] {
  return network.devices.flatMap((device) => {
    const namespaces = machines.filter((one) => one.node === device.id);
    const asked = device.listeners.flatMap(({ protocol, port, address }): Program[] => {
      const name = protocol === 6 ? 'tcp' : 'udp';
      if (address)
        return [{ protocol: name, port, address: address.text, family: address.family }] as const;
      return ([4, 6] as const).map(
        (family) => ({ protocol: name, port, address: null, family }) as const,
      );
    });
    const once = new Map(asked.map((one) => [JSON.stringify(one), one]));
    return namespaces.flatMap(({ name }) =>
      [...once.values()].map((one) => ({ namespace: name, ...one })),
    );
  });
}

export const familyOf = (address: string): 4 | 6 => ip(address).family;
