import type { Segment, Stretch } from '../model/design.ts';
import { entityRef } from '../model/ids.ts';
import type { IpFamily } from '../model/ip.ts';
import { headerBytes } from '../sim/vocabulary/packet.ts';
import type { Carrier } from './facts.ts';
import { finding, place, type Found, type Place } from './finding.ts';
import type { Attachment, DesignView, Domain } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';
import { WaysTo } from './view/ways.ts';

/** What VXLAN adds to an IP packet: RFC 7348 §5 with the inner Ethernet header and the outer IP header. Bytes. */
export const vxlanOverheadBytes: Record<IpFamily, number> = {
  4: headerBytes.ethernet + headerBytes.vxlan + headerBytes.udp + headerBytes.ipv4,
  6: headerBytes.ethernet + headerBytes.vxlan + headerBytes.udp + headerBytes.ipv6,
};
/** HCX's tunnel around an Ethernet frame; see the schema of a stretch. Bytes. */
const defaultStretchOverheadBytes = 98;

/** What a tunnel of one segment asks of its underlay. */
interface Demand {
  readonly segment: Segment;
  readonly innerBytes: number;
  readonly overheadBytes: number;
}

/**
 * Underlays that do not carry the full-size packets of the segments that tunnels lead over them: VTEP interfaces, the
 * networks between VTEPs, and the uplinks of stretches whose tunnel may not be fragmented.
 */
export function* underlayMtus(survey: Survey): Generator<Found> {
  const worst = new Map<string, { out: Attachment; demand: Demand }>();
  const ask = (out: Attachment, demand: Demand) => {
    if (neededBytes(demand) <= out.mtu) return;
    const key = JSON.stringify(mtuPlace(out));
    const known = worst.get(key);
    const isWorse = !known || neededBytes(demand) > neededBytes(known.demand);
    if (isWorse) worst.set(key, { out, demand });
  };
  for (const zone of survey.design.transportZones ?? []) askOfZone(survey, zone.id, ask);
  for (const stretch of survey.design.stretches ?? []) askOfStretch(survey, stretch, ask);
  for (const { out, demand } of worst.values()) {
    yield finding(
      'underlay-mtu-too-small',
      mtuPlace(out),
      {
        underlay: carrier(out),
        mtuBytes: out.mtu,
        neededBytes: neededBytes(demand),
        segment: demand.segment.id,
        innerBytes: demand.innerBytes,
        overheadBytes: demand.overheadBytes,
      },
      [place('segment', demand.segment.id), out.at],
    );
  }
}

const neededBytes = (demand: Demand) => demand.innerBytes + demand.overheadBytes;

/** Where the MTU of an interface is said, or would have to be. */
function mtuPlace({ node, item, at, segment, domain }: Attachment): Place {
  if (item.mtu !== undefined) return place('node', node.id, ...at.segments, 'mtu');
  if (segment) return place('segment', segment.id, 'mtu');
  return domain?.link ? place('link', domain.link.id, 'mtu') : at;
}

/** What the sentence calls it: the same that {@link mtuPlace} finds. */
function carrier({ node, item, segment, domain }: Attachment): Carrier {
  const own = { node: node.id, interface: item.id };
  if (item.mtu !== undefined) return own;
  if (segment) return entityRef('segment', segment.id);
  return domain?.link ? entityRef('link', domain.link.id) : own;
}

type Ask = (out: Attachment, demand: Demand) => void;

function askOfZone(survey: Survey, zone: string, ask: Ask): void {
  const vteps = survey.hypervisors
    .filter((hypervisor) => hypervisor.transportZones?.includes(zone))
    .map((hypervisor) =>
      survey
        .attachmentsOf(hypervisor.id)
        .filter(({ item, domain }) => domain && hypervisor.vteps?.includes(item.id)),
    )
    .filter((own) => own.length > 0);
  // A hypervisor that is alone in its zone tunnels to nobody.
  if (vteps.length < 2) return;
  const segments = (survey.design.segments ?? []).filter(
    (segment) => segment.kind === 'vxlan' && segment.transportZone === zone,
  );
  const families = new Set<IpFamily>();
  const outs = new Set<Attachment>(vteps.flat());
  for (const out of vteps.flat()) {
    const [address] = out.addresses;
    if (address) families.add(address.ip.family);
  }
  for (const out of waysBetween(survey, vteps.flat())) outs.add(out);
  for (const family of families) {
    let most: Demand | undefined;
    for (const segment of segments) {
      const demand = {
        segment,
        innerBytes: innerBytes(survey, segment),
        overheadBytes: vxlanOverheadBytes[family] + tagBytes(survey, segment),
      };
      if (!most || neededBytes(demand) > neededBytes(most)) most = demand;
    }
    for (const out of outs) if (most && carries(out, family)) ask(out, most);
  }
}

const carries = ({ addresses }: Attachment, family: IpFamily) =>
  addresses.some((address) => address.ip.family === family);

/** Interfaces that packets leave by between VTEPs of different networks: to and from one VTEP of each network. */
function waysBetween(survey: Survey, vteps: readonly Attachment[]): Attachment[] {
  const oneEach = new Map<Domain | undefined, Attachment>();
  for (const vtep of vteps) if (!oneEach.has(vtep.domain)) oneEach.set(vtep.domain, vtep);
  const [first, ...others] = oneEach.values();
  if (!first) return [];
  return others.flatMap((other) => [
    ...leaving(survey, first, other),
    ...leaving(survey, other, first),
  ]);
}

function leaving(survey: Survey, from: Attachment, to: Attachment): Attachment[] {
  const target = to.addresses[0]?.ip;
  if (!target) return [];
  const { nodes } = new WaysTo(survey, survey.routesOf, target).firstWay(from.node);
  return nodes.flatMap((node) => {
    const [way] = survey.routesOf(node)(target);
    return way && way.kind !== 'discard' && node !== to.node ? [way.out] : [];
  });
}

/** The largest IP packet that anybody on the segment may send. Bytes. */
function innerBytes(view: DesignView, segment: Segment): number {
  const attached = attachedTo(view, segment).map(({ mtu }) => mtu);
  return attached.length > 0 ? Math.max(...attached) : (segment.mtu ?? 0);
}

const attachedTo = (view: DesignView, segment: Segment): readonly Attachment[] =>
  view.domainOf(segment)?.attachments.filter((one) => one.segment === segment) ?? [];

/** A tagged inner frame takes its tag along. Bytes. */
const tagBytes = (view: DesignView, segment: Segment): number =>
  attachedTo(view, segment).some(({ item }) => item.vlan !== undefined) ? headerBytes.vlanTag : 0;

function askOfStretch(survey: Survey, stretch: Stretch, ask: Ask): void {
  if (stretch.outerDf !== true) return;
  for (const [end, other] of [
    [stretch.a, stretch.b],
    [stretch.b, stretch.a],
  ] as const) {
    const segment = survey.segment(end.segment);
    const uplink = uplinkOf(survey, end);
    const far = uplinkOf(survey, other);
    if (!segment || !uplink || !far) continue;
    const demand = {
      segment,
      innerBytes: innerBytes(survey, segment),
      overheadBytes: headerBytes.ethernet + (stretch.overheadBytes ?? defaultStretchOverheadBytes),
    };
    for (const out of new Set([uplink, ...leaving(survey, uplink, far)])) ask(out, demand);
  }
}

const uplinkOf = (view: DesignView, end: Stretch['a']): Attachment | undefined =>
  view.attachmentsOf(end.gateway).find(({ item }) => item.id === end.uplink);
