import { clash, finding, place, type Found } from './finding.ts';
import type { Survey } from './view/survey.ts';

/** Machines and distributed routers on segments of a transport zone that they cannot be on. */
export function* outsideTransportZone(survey: Survey): Generator<Found> {
  for (const { node, segment, at } of survey.attachments) {
    if (segment?.kind !== 'vxlan') continue;
    const facts = { node: node.id, segment: segment.id, zone: segment.transportZone };
    const where = place('node', node.id, ...at.segments, 'segment');
    if (node.kind === 'distributed-router') {
      if (node.transportZone === segment.transportZone) continue;
      const related = [place('node', node.id, 'transportZone'), place('segment', segment.id)];
      yield finding('vm-outside-transport-zone', where, facts, related);
      continue;
    }
    const runsOn = 'runsOn' in node ? node.runsOn : undefined;
    const hypervisor = runsOn === undefined ? undefined : survey.node(runsOn);
    if (hypervisor?.kind !== 'hypervisor') continue;
    if (hypervisor.transportZones?.includes(segment.transportZone)) continue;
    const detail = { ...facts, hypervisor: hypervisor.id };
    const related = [place('node', hypervisor.id, 'transportZones')];
    yield finding('vm-outside-transport-zone', where, detail, related);
  }
}

/** Hypervisors that belong to a transport zone and have no interface to send its tunnels from. */
export function* hypervisorsWithoutVtep(survey: Survey): Generator<Found> {
  for (const hypervisor of survey.hypervisors) {
    const zones = hypervisor.transportZones ?? [];
    if (zones.length === 0) continue;
    const usable = survey
      .attachmentsOf(hypervisor.id)
      .some(
        ({ item, domain, addresses }) =>
          hypervisor.vteps?.includes(item.id) && domain !== undefined && addresses.length > 0,
      );
    if (usable) continue;
    const at = place('node', hypervisor.id, 'vteps');
    yield finding('hypervisor-without-vtep', at, { node: hypervisor.id, zones });
  }
}

/** VNIs given twice in one transport zone, or outside its pool. */
export function* vnis({ design, zone }: Survey): Generator<Found> {
  const overlay = (design.segments ?? []).filter((segment) => segment.kind === 'vxlan');
  const byVni = Map.groupBy(overlay, ({ transportZone, vni }) => `${transportZone} ${vni}`);
  for (const same of byVni.values()) {
    const second = same[1];
    if (!second) continue;
    yield clash(
      'duplicate-vni',
      place('segment', second.id, 'vni'),
      {
        vni: second.vni,
        zone: second.transportZone,
        segments: same.map((segment) => segment.id),
      },
      same.map((segment) => place('segment', segment.id, 'vni')),
    );
  }
  for (const { id, vni, transportZone } of overlay) {
    const pool = zone(transportZone)?.vniPool;
    if (!pool || (pool.from <= vni && vni <= pool.to)) continue;
    const detail = { vni, segment: id, zone: transportZone, from: pool.from, to: pool.to };
    const related = [place('transport-zone', transportZone, 'vniPool')];
    yield finding('vni-outside-pool', place('segment', id, 'vni'), detail, related);
  }
}
