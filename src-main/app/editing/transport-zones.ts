import type { Hypervisor, Segment, TransportZone } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { freshId, numberedName } from './names.ts';
import type { WorkingCopy } from './working-copy.ts';

/** NSX for vSphere gives out segment ids from 5000 on. */
const defaultVniPool = { from: 5000, to: 5999 };
const lastVni = 16_777_215;

/** What an underlay has to carry for VXLAN with 1500 bytes inside, with room to spare: VMware asks for 1600. */
const underlayMtuBytes = 1600;
/** 1500 bytes and VXLAN's 50 over IPv4 (RFC 7348 §5). */
const leastUnderlayMtuBytes = 1550;
/** What machines send when nobody has told them better. */
export const usualMtuBytes = 1500;

/** The zone that new overlay segments and distributed routers belong to; made, with every hypervisor in it, if need be. */
export function zoneForNew(copy: WorkingCopy): TransportZone {
  const [first] = copy.all('transport-zone');
  if (first) return first;
  const id = freshId(copy, 'transport-zone', 'transport');
  const zone: TransportZone = {
    id,
    name: numberedName('Transport zone', id),
    vniPool: defaultVniPool,
    udpPort: 4789,
  };
  copy.create('transport-zone', zone);
  for (const node of copy.list('node')) {
    if (node.kind === 'hypervisor') joinZone(copy, node, id);
  }
  return zone;
}

/** A new hypervisor belongs to the only zone there is. */
export function onlyZone(copy: WorkingCopy): readonly string[] | undefined {
  const zones = [...copy.all('transport-zone')].map(({ id }) => id);
  return zones.length === 1 ? zones : undefined;
}

export function joinZone(copy: WorkingCopy, node: Hypervisor, zone: string): void {
  if (node.transportZones?.includes(zone)) return;
  copy.put('node', { ...node, transportZones: [...(node.transportZones ?? []), zone] });
  copy.tellChanged(entityRef('node', node.id), { code: 'zone-joined', detail: { zone } });
  proposeVtep(copy, node.id);
}

/** A hypervisor of a zone ends its tunnels on its first interface with an address, unless it has chosen already. */
export function proposeVtep(copy: WorkingCopy, id: string): void {
  const node = copy.get('node', id);
  if (node?.kind !== 'hypervisor') return;
  if ((node.transportZones ?? []).length === 0 || (node.vteps ?? []).length > 0) return;
  const vtep = node.interfaces?.find((item) => {
    const segment = copy.get('segment', item.segment);
    return segment && segment.kind !== 'vxlan' && (item.addresses ?? []).length > 0;
  });
  const segment = copy.get('segment', vtep?.segment);
  if (!vtep || !segment) return;
  copy.put('node', { ...node, vteps: [vtep.id] });
  copy.tellChanged(entityRef('node', id), {
    code: 'vtep-set',
    detail: { interface: vtep.id },
  });
  makeRoom(copy, segment);
}

/** Raises the MTU of a segment that carries tunnels. Machines on it go on sending what they sent before. */
function makeRoom(copy: WorkingCopy, segment: Segment): void {
  const ref = entityRef('segment', segment.id);
  if (segment.mtu !== undefined) {
    if (segment.mtu < leastUnderlayMtuBytes) {
      copy.tellLeftOut({
        code: 'mtu-too-small',
        detail: { segment: segment.id, mtuBytes: segment.mtu, neededBytes: leastUnderlayMtuBytes },
      });
    }
    return;
  }
  copy.put('segment', { ...segment, mtu: underlayMtuBytes });
  copy.tellChanged(ref, { code: 'mtu-raised', detail: { mtuBytes: underlayMtuBytes } });
  for (const node of copy.list('node')) {
    if (!keepsUsualMtu(node.kind)) continue;
    const isHere = (item: { readonly segment?: string; readonly mtu?: number }) =>
      item.segment === segment.id && item.mtu === undefined;
    if (!node.interfaces?.some(isHere)) continue;
    copy.put('node', {
      ...node,
      interfaces: node.interfaces.map((item) =>
        isHere(item) ? { ...item, mtu: usualMtuBytes } : item,
      ),
    });
    copy.tellChanged(entityRef('node', node.id), {
      code: 'mtu-kept',
      detail: { mtuBytes: usualMtuBytes },
    });
  }
}

/** Machines that start connections; what forwards frames and packets takes what the segment takes. */
export const keepsUsualMtu = (kind: string): boolean => kind === 'host' || kind === 'edge-gateway';

/** A VNI that no segment has, of the zone's pool while it lasts. */
export function unusedVni(copy: WorkingCopy, zone: TransportZone): number {
  const taken = new Set<number>();
  for (const segment of copy.all('segment')) if (segment.kind === 'vxlan') taken.add(segment.vni);
  const pool = zone.vniPool ?? defaultVniPool;
  const free = (from: number, to: number) => {
    for (let vni = from; vni <= to; vni += 1) if (!taken.has(vni)) return vni;
    return undefined;
  };
  return free(pool.from, pool.to) ?? free(1, lastVni) ?? pool.from;
}

export function unusedVlan(copy: WorkingCopy): number {
  const taken = new Set<number>();
  for (const segment of copy.all('segment')) if (segment.kind === 'vlan') taken.add(segment.vlan);
  for (let vlan = 100; vlan <= 4094; vlan += 1) if (!taken.has(vlan)) return vlan;
  for (let vlan = 2; vlan < 100; vlan += 1) if (!taken.has(vlan)) return vlan;
  return 100;
}
