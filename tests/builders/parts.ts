import { parseIp, parsePrefix } from '../../src-main/model/ip.ts';
import {
  defaultRoute,
  firewallRuleOf,
  listenerOf,
  natRuleOf,
  present,
  routeOf,
  zonesOf,
} from './compact.ts';
import type * as Options from './options.ts';
import type { One } from './options.ts';

/** One or several, or none, as a list. */
export const list = <T>(value: One<T> | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Each gateway goes to the subnet that it is in. */
export function segmentOf(subnets: One<string> | undefined, options: Options.SegmentOptions) {
  const { gateway, ...rest } = options;
  const gateways = list(gateway).flatMap((text) => parseIp(text) ?? []);
  const family = (cidr: string) => parsePrefix(cidr)?.network.family;
  return present({
    ...rest,
    subnets:
      subnets === undefined
        ? undefined
        : list(subnets).map((cidr) =>
            present({
              cidr,
              gateway: gateways.find((address) => address.family === family(cidr))?.text,
            }),
          ),
  });
}

export function routed<T extends Options.RoutingOptions>(options: T) {
  const { gateway, routes, ...rest } = options;
  const all = [...list(gateway).map(defaultRoute), ...(routes ?? []).map(routeOf)];
  return present({ ...rest, routes: all.length === 0 ? undefined : all });
}

export function hostOf(options: Options.HostOptions) {
  const { listens, firewall, nat, dns, ...rest } = options;
  const rules = firewall && ('rules' in firewall ? firewall : { rules: firewall });
  return present({
    ...routed(rest),
    listeners: listens?.map(listenerOf),
    firewall: rules && { ...rules, rules: rules.rules.map(firewallRuleOf) },
    nat: nat?.map(natRuleOf),
    dnsServer: dns && present({ ...dns, zones: dns.zones && zonesOf(dns.zones) }),
  });
}
