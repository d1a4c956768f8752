import type { Segment } from '../model/design.ts';
import { finding, place, type Found } from './finding.ts';
import { memberAddresses } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';

/** UDP destination port of VXLAN (RFC 7348 §5); also Calico's (FelixConfiguration `vxlanPort`). */
const vxlanPort = 4789;

type Overlay = Extract<Segment, { kind: 'vxlan' }>;

/** VXLAN that machines send on a VXLAN segment, both on one UDP port: Calico's in VMs, or a hypervisor's that is a VM. */
export function* nestedVxlan(survey: Survey): Generator<Found> {
  const portOf = (segment: Overlay) => survey.zone(segment.transportZone)?.udpPort ?? vxlanPort;
  for (const cluster of survey.design.clusters ?? []) {
    const outer = new Map<string, Overlay>();
    for (const member of cluster.nodes) {
      const own = memberAddresses(survey, member).map((address) => address.text);
      for (const { segment, addresses } of survey.attachmentsOf(member.node)) {
        if (segment?.kind !== 'vxlan' || portOf(segment) !== vxlanPort) continue;
        if (addresses.some(({ ip }) => own.includes(ip.text))) outer.set(segment.id, segment);
      }
    }
    for (const [index, pool] of (cluster.calico?.ipPools ?? []).entries()) {
      if ((pool.vxlan ?? 'never') === 'never' || pool.disabled) continue;
      for (const segment of outer.values()) {
        const detail = {
          inner: { cluster: cluster.id },
          outer: segment.id,
          port: vxlanPort,
        };
        const at = place('cluster', cluster.id, 'calico', 'ipPools', index, 'vxlan');
        yield finding('nested-vxlan-port', at, detail, [place('segment', segment.id)]);
      }
    }
  }
  for (const hypervisor of survey.hypervisors) {
    const innerPorts = (hypervisor.transportZones ?? []).map(
      (zone) => survey.zone(zone)?.udpPort ?? vxlanPort,
    );
    for (const { item, segment, at } of survey.attachmentsOf(hypervisor.id)) {
      if (segment?.kind !== 'vxlan' || !hypervisor.vteps?.includes(item.id)) continue;
      const port = portOf(segment);
      if (!innerPorts.includes(port)) continue;
      const detail = { inner: { node: hypervisor.id }, outer: segment.id, port };
      const where = place('node', hypervisor.id, ...at.segments, 'segment');
      yield finding('nested-vxlan-port', where, detail, [place('segment', segment.id)]);
    }
  }
}
