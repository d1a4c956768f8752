import type { Design } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import type { LeftOut } from '../exchange.ts';
import { otherKeys, withoutPlace } from '../left-out.ts';

const format = 'netbox';

/** What none of the files has a column for. */
export function leftOutOf(design: Design): LeftOut[] {
  const found = withoutPlace(design, carried, format);
  for (const node of design.nodes ?? []) {
    const ref = entityRef('node', node.id);
    const virtualIps = ('virtualIps' in node ? node.virtualIps : undefined) ?? [];
    virtualIps.forEach((item, at) =>
      found.push(...otherKeys(ref, item, carriedOfVirtualIp, format, `virtualIps[${at}].`)),
    );
  }
  for (const workload of design.workloads ?? []) {
    const ref = entityRef('workload', workload.id);
    workload.pods.forEach((item, at) =>
      found.push(...otherKeys(ref, item, carriedOfPod, format, `pods[${at}].`)),
    );
  }
  return found;
}

const carried = {
  site: ['id', 'kind', 'name', 'notes', 'parent'],
  segment: ['id', 'kind', 'name', 'notes', 'site', 'subnets', 'vlan', 'vni'],
  node: ['id', 'kind', 'name', 'notes', 'site', 'state', 'interfaces', 'runsOn', 'virtualIps'],
  link: ['id', 'name', 'notes', 'a', 'b'],
  cluster: ['id', 'name', 'podCidrs', 'serviceCidrs'],
  workload: ['id', 'name', 'pods'],
  service: ['id', 'name', 'clusterIps', 'externalIps', 'loadBalancerIps'],
} as const;
const carriedOfVirtualIp = ['id', 'address', 'interface', 'protocol'] as const;
const carriedOfPod = ['id', 'name', 'addresses'] as const;
