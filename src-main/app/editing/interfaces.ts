import type { Loss } from '../../contract/change-words.ts';
import type {
  FirewallRule,
  HostLike,
  NatRule,
  Node,
  Route,
  VirtualIp,
} from '../../model/design.ts';
import { familyBits, parseInterfaceAddress, parseIp, prefixContains } from '../../model/ip.ts';

/** What a node is without some of its interfaces, and what went with them. */
export interface Without {
  readonly node: Node;
  /** What went besides. */
  readonly lost: readonly Loss[];
}

/**
 * A node without interfaces. A rule that is for one of them can match nothing any more and goes: without the condition
 * it would match more than was meant. So do routes over them and the shared addresses on them.
 */
export function withoutInterfaces(node: Node, gone: ReadonlySet<string>): Without {
  const lost: Loss[] = [];
  const isGone = (id: string | undefined): boolean => id !== undefined && gone.has(id);
  const left = (node.interfaces ?? []).filter(({ id }) => !gone.has(id));
  const lostSubnets = subnetsOf((node.interfaces ?? []).filter(({ id }) => gone.has(id)));
  const keptSubnets = subnetsOf(left);
  const leads = (route: Route) => {
    if (isGone(route.interface)) return false;
    const via = route.via === undefined ? undefined : parseIp(route.via);
    if (!via || route.interface !== undefined) return true;
    const isOn = (subnets: typeof lostSubnets) => subnets.some((one) => prefixContains(one, via));
    return !isOn(lostSubnets) || isOn(keptSubnets);
  };
  const routes = node.routes?.filter((route) => {
    const stays = leads(route);
    if (!stays) lost.push({ code: 'route', detail: { route: route.id ?? route.destination } });
    return stays;
  });
  let now: Node = withList(withList(node, 'interfaces', left), 'routes', routes);
  if (now.kind === 'hypervisor' && now.vteps?.some(isGone)) {
    now = withList(
      now,
      'vteps',
      now.vteps.filter((id) => !isGone(id)),
    );
    lost.push({ code: 'vtep', detail: {} });
  }
  if (now.kind !== 'host' && now.kind !== 'router' && now.kind !== 'edge-gateway') {
    return { node: now, lost };
  }
  return { node: withoutRules(now, isGone, lost), lost };
}

function withoutRules(
  node: HostLike,
  isGone: (id: string | undefined) => boolean,
  lost: Loss[],
): HostLike {
  let now = node;
  const rules = now.firewall?.rules.filter((rule: FirewallRule) => {
    const goes = isGone(rule.inInterface) || isGone(rule.outInterface);
    if (goes) lost.push({ code: 'rule', detail: { rule: rule.id } });
    return !goes;
  });
  if (now.firewall && rules) now = { ...now, firewall: { ...now.firewall, rules } };
  const nat = now.nat?.filter((rule: NatRule) => {
    if (isGone(rule.interface)) lost.push({ code: 'nat', detail: { nat: rule.id } });
    return !isGone(rule.interface);
  });
  now = withList(now, 'nat', nat);
  const virtualIps = now.virtualIps?.filter((one: VirtualIp) => {
    if (isGone(one.interface)) lost.push({ code: 'virtual-ip', detail: { virtualIp: one.id } });
    return !isGone(one.interface);
  });
  return withList(now, 'virtualIps', virtualIps);
}

/** The entity with a list in place of another one; without the key where there is none left. */
function withList<T extends object, Key extends keyof T>(
  value: T,
  key: Key,
  list: T[Key] | undefined,
): T {
  if (list === undefined || value[key] === undefined) return value;
  const { [key]: _, ...rest } = value;
  return ((list as readonly unknown[]).length === 0 ? rest : { ...value, [key]: list }) as T;
}

function subnetsOf(items: NonNullable<Node['interfaces']>) {
  return items.flatMap(({ addresses }) =>
    (addresses ?? []).flatMap((text) => {
      const prefix = parseInterfaceAddress(text)?.prefix;
      return prefix && prefix.length < familyBits(prefix.network.family) ? [prefix] : [];
    }),
  );
}

/** A node whose interface is called otherwise, in everything of it that names the interface. */
export function withInterfaceRenamed(node: Node, from: string, to: string): Node {
  const named = (id: string) => (id === from ? to : id);
  const inKey = <T extends object, Key extends keyof T>(value: T, key: Key): T =>
    value[key] === from ? { ...value, [key]: to } : value;
  let now: Node = {
    ...node,
    ...(node.interfaces ? { interfaces: node.interfaces.map((item) => inKey(item, 'id')) } : {}),
    ...(node.routes ? { routes: node.routes.map((route) => inKey(route, 'interface')) } : {}),
  };
  if (now.kind === 'hypervisor' && now.vteps) now = { ...now, vteps: now.vteps.map(named) };
  if (now.kind !== 'host' && now.kind !== 'router' && now.kind !== 'edge-gateway') return now;
  const rules = now.firewall?.rules.map((rule) =>
    inKey(inKey(rule, 'inInterface'), 'outInterface'),
  );
  return {
    ...now,
    ...(now.firewall && rules ? { firewall: { ...now.firewall, rules } } : {}),
    ...(now.nat ? { nat: now.nat.map((rule) => inKey(rule, 'interface')) } : {}),
    ...(now.virtualIps ? { virtualIps: now.virtualIps.map((one) => inKey(one, 'interface')) } : {}),
  };
}

/** The addresses of a node's interfaces as texts, each in its canonical form. */
export const addressesOf = (node: Node): Set<string> =>
  new Set(
    (node.interfaces ?? []).flatMap(({ addresses }) =>
      (addresses ?? []).flatMap((text) => parseInterfaceAddress(text)?.ip.text ?? []),
    ),
  );
