import fc from 'fast-check';
import type {
  FirewallRule,
  FirewallService,
  HostLike,
  LoadBalancer,
  NatRule,
} from '../../src-main/model/design.ts';

export const serverPorts = [53, 80, 443, 3306] as const;
export const anyServerPort = fc.constantFrom<number>(...serverPorts);

type Range = string | number;
const portMatches = fc.array(
  fc.oneof(anyServerPort, fc.constantFrom<Range>('1-1023', '400-500', '1024-65535')),
  { minLength: 1, maxLength: 2 },
);
const services: fc.Arbitrary<FirewallService[]> = fc.array(
  fc.oneof(
    fc.constantFrom<FirewallService>(
      { protocol: 'any' },
      { protocol: 'icmp' },
      { protocol: 'tcp' },
    ),
    fc.record({ protocol: fc.constantFrom('tcp' as const, 'udp' as const), ports: portMatches }),
  ),
  { maxLength: 2 },
);

/** Prefixes and single addresses that mean something in the design, and `any`. */
const matches = (meaningful: readonly string[]) =>
  fc.array(fc.oneof(fc.constant('any'), fc.constantFrom(...meaningful)), {
    minLength: 1,
    maxLength: 2,
  });

const withIds = <Item extends object>(items: readonly Item[], name: string) =>
  items.map((item, at) => ({ ...item, id: `${name}-${at + 1}` }));

export const firewallRules = (
  meaningful: readonly string[],
  interfaces: readonly string[],
): fc.Arbitrary<FirewallRule[]> =>
  fc
    .array(
      fc.record(
        {
          action: fc.constantFrom(
            'accept' as const,
            'accept' as const,
            'deny' as const,
            'reject' as const,
          ),
          enabled: fc.boolean(),
          inInterface: fc.constantFrom(...interfaces),
          outInterface: fc.constantFrom(...interfaces),
          sources: matches(meaningful),
          destinations: matches(meaningful),
          services,
        },
        { requiredKeys: ['action'] },
      ),
      { maxLength: 5 },
    )
    .chain((rules) =>
      fc.boolean().map((open) => (open ? [...rules, { action: 'accept' as const }] : rules)),
    )
    .map((rules) => withIds(rules, 'rule'));

/** NAT rules between addresses of one family, right and wrong ones. */
export const natRules = (
  own: readonly string[],
  meaningful: readonly string[],
  interfaces: readonly string[],
): fc.Arbitrary<NatRule[]> => {
  const named = {
    enabled: fc.boolean(),
    interface: fc.constantFrom(...interfaces),
  };
  const snat = fc
    .record(
      {
        ...named,
        original: fc.constantFrom(...meaningful, 'any'),
        translated: fc.constantFrom(...own, 'interface'),
        destination: fc.constantFrom(...meaningful),
      },
      { requiredKeys: ['original', 'translated'] },
    )
    .map((rule) => ({ ...rule, kind: 'snat' as const }));
  const dnat = fc
    .record(
      {
        ...named,
        original: fc.constantFrom(...own),
        translated: fc.constantFrom(...meaningful),
        source: fc.constantFrom(...meaningful),
        ports: fc.record(
          {
            protocol: fc.constantFrom('tcp' as const, 'udp' as const),
            originalPorts: portMatches,
            translatedPort: anyServerPort,
          },
          { requiredKeys: ['protocol'] },
        ),
      },
      { requiredKeys: ['original', 'translated'] },
    )
    .map(({ ports, ...rule }) => ({ ...rule, ...ports, kind: 'dnat' as const }));
  return fc.array(fc.oneof(snat, dnat), { maxLength: 4 }).map((rules) => withIds(rules, 'nat'));
};

export const loadBalancers = (
  own: readonly string[],
  members: readonly string[],
): fc.Arbitrary<LoadBalancer[]> =>
  fc
    .array(
      fc.record(
        {
          address: fc.constantFrom(...own),
          protocol: fc.constantFrom('tcp' as const, 'udp' as const),
          port: anyServerPort,
          mode: fc.constantFrom('proxy' as const, 'transparent' as const),
          layer: fc.constantFrom(4 as const, 7 as const),
          members: fc
            .array(
              fc.record(
                {
                  address: fc.constantFrom(...members),
                  port: anyServerPort,
                  weight: fc.integer({ min: 1, max: 4 }),
                  enabled: fc.boolean(),
                },
                { requiredKeys: ['address'] },
              ),
              { maxLength: 3 },
            )
            .map((list) => withIds(list, 'member')),
        },
        { requiredKeys: ['address', 'protocol', 'port', 'mode', 'members'] },
      ),
      { maxLength: 1 },
    )
    .map((list) => withIds(list, 'lb'));

/** What an edge does besides routing. */
export const edgeFunctions = (
  own: readonly string[],
  meaningful: readonly string[],
  hosts: readonly string[],
  interfaces: readonly string[],
): fc.Arbitrary<Partial<HostLike>> =>
  fc.record(
    {
      firewall: fc.record(
        {
          defaultAction: fc.constantFrom('accept' as const, 'deny' as const, 'reject' as const),
          rules: firewallRules(meaningful, interfaces),
        },
        { requiredKeys: ['rules'] },
      ),
      nat: natRules(own, meaningful, interfaces),
      loadBalancers: loadBalancers(own, hosts),
      stageOrder: fc.constantFrom('nsx-v' as const, 'linux' as const),
    },
    { requiredKeys: [] },
  );
