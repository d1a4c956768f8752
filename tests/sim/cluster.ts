/** A small cluster for tests: nodes n1 and n2 in one subnet, n3 in another, `r` between them, `pc` outside. */
import type { Cluster, IpPool } from '../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';

/** Pods of n1 are 172.28.0.2–63 (fd28::2–3f), of n2 from .66 (::42), of n3 from .130 (::82). */
export const podCidrs = ['172.28.0.0/16', 'fd28::/112'];
export const serviceCidrs = ['172.29.0.0/16', 'fd29::/112'];

export const pool = (cidr: string, more: Partial<IpPool> = {}): IpPool => ({
  id: cidr.replaceAll(/[^0-9a-z]/g, '-').replaceAll(/^-+|-+$/g, ''),
  cidr,
  ...more,
});

export function cluster(calico?: Cluster['calico'], more: Partial<Cluster> = {}): NetworkBuilder {
  const node = (host: number, subnet: number) =>
    `10.0.${subnet}.${host}/24,2001:db8:${subnet}::${host}/64`;
  const gateway = (subnet: number) => [`10.0.${subnet}.1`, `2001:db8:${subnet}::1`];
  return network()
    .segment('east', ['10.0.1.0/24', '2001:db8:1::/64'])
    .segment('west', ['10.0.2.0/24', '2001:db8:2::/64'])
    .segment('office', ['10.0.3.0/24', '2001:db8:3::/64'])
    .router('r', [node(1, 1), node(1, 2), node(1, 3)])
    .host('n1', node(11, 1), { gateway: gateway(1), listens: ['tcp 22'] })
    .host('n2', node(12, 1), { gateway: gateway(1), listens: ['tcp 22'] })
    .host('n3', node(13, 2), { gateway: gateway(2), listens: ['tcp 22'] })
    .host('pc', node(9, 3), { gateway: gateway(3), listens: ['tcp 80'] })
    .cluster('k', ['n1', 'n2', 'n3'], {
      podCidrs,
      serviceCidrs,
      ...(calico ? { calico } : {}),
      ...more,
    });
}
