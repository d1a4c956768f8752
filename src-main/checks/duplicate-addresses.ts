import { entityRef } from '../model/ids.ts';
import { ip, type Ip } from '../model/ip.ts';
import type { Owner } from './facts.ts';
import { clash, place, type Found, type Place } from './finding.ts';
import { isLinkLocal, isLoopback, isPublic } from './view/address-kinds.ts';
import type { Attachment, DesignView, Domain } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';

interface Holding {
  readonly address: Ip;
  readonly attachment: Attachment;
  /** Held in turn with others, as keepalived and VRRP do. */
  readonly shared: boolean;
  readonly at: Place;
}

/**
 * One address on two interfaces of one layer-2 domain, or of two networks between which it has to be unique: those of
 * one realm for a private address, all for a public one. What is down does not count, nor do virtual IPs among their
 * owners, nor the gateway addresses that a stretch with proximity routing has on both of its sides.
 */
export function* duplicateAddresses(survey: Survey): Generator<Found> {
  const groups = Map.groupBy(survey.attachments.flatMap(holdings), (holding) =>
    scopeOf(survey, holding),
  );
  for (const holdings of groups.values()) {
    const distinct = withoutSharing(holdings);
    const [first, second] = distinct;
    if (!first || !second || isOnBothSidesOfStretch(survey, distinct)) continue;
    const domain = first.attachment.domain as Domain;
    const inOneDomain = distinct.every((holding) => holding.attachment.domain === domain);
    yield clash(
      'duplicate-address',
      second.at,
      {
        address: first.address.text,
        owners: distinct.map(({ attachment }) => ownerOf(attachment)),
        ...(inOneDomain ? { network: domain.ref } : {}),
      },
      // Those who share the address are one owner, but have it each.
      holdings.map((holding) => holding.at),
    );
  }
}

function holdings(attachment: Attachment): Holding[] {
  if (!attachment.domain || !attachment.up) return [];
  const { node, addresses, virtualIps, at } = attachment;
  return [
    ...addresses.map((address, index) => ({
      address: address.ip,
      attachment,
      shared: false,
      at: place('node', node.id, ...at.segments, 'addresses', index),
    })),
    ...virtualIps.map((held) => ({
      address: held.ip,
      attachment,
      shared: true,
      at: place('node', node.id, 'virtualIps', held.index),
    })),
  ].filter(({ address }) => !isLoopback(address));
}

const ownerOf = ({ node, item }: Attachment): Owner => ({ node: node.id, interface: item.id });

function scopeOf({ realm }: Survey, { address, attachment }: Holding): string {
  const domain = attachment.domain as Domain;
  if (isLinkLocal(address)) return `domain ${domain.index} ${address.text}`;
  if (isPublic(address)) return address.text;
  return `realm ${realm(address.family, domain)} ${address.text}`;
}

/** One holding an owner. Those who share a virtual IP on one domain are one owner, whoever of them has it as its own. */
function withoutSharing(all: readonly Holding[]): Holding[] {
  const sharing = new Set(
    all.filter((one) => one.shared).map(({ attachment }) => sharingKey(attachment)),
  );
  const seen = new Set<string>();
  return all.filter(({ attachment }) => {
    const key = sharing.has(sharingKey(attachment))
      ? `shared on ${attachment.domain?.index}`
      : `${attachment.node.id}/${attachment.item.id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const sharingKey = ({ node, domain }: Attachment) => `${node.id} ${domain?.index}`;

function isOnBothSidesOfStretch(view: DesignView, distinct: readonly Holding[]): boolean {
  const segments = distinct.map(({ attachment }) => attachment.segment?.id);
  if (new Set(segments).size < distinct.length) return false;
  return (view.design.stretches ?? []).some(
    ({ proximityRouting, a, b }) =>
      proximityRouting === true && segments.every((id) => id === a.segment || id === b.segment),
  );
}

/** Addresses of pods, and of services, that a cluster has given twice. */
export function* duplicateClusterAddresses({ design, ownersAnywhere }: Survey): Generator<Found> {
  for (const cluster of design.clusters ?? []) {
    const pods = (design.workloads ?? []).flatMap((workload) =>
      workload.cluster !== cluster.id || workload.hostNetwork
        ? []
        : workload.pods.flatMap((pod, index) =>
            (pod.addresses ?? []).map((text, at) => ({
              address: ip(text),
              owner: { pod: pod.id } satisfies Owner,
              at: place('workload', workload.id, 'pods', index, 'addresses', at),
            })),
          ),
    );
    for (const same of Map.groupBy(pods, ({ address }) => address.text).values()) {
      const [first, second] = same;
      if (!first) continue;
      const interfaces = ownersAnywhere(first.address).filter((owner) =>
        cluster.nodes.some((member) => member.node === owner.node.id),
      );
      if (!second && interfaces.length === 0) continue;
      yield clash(
        'duplicate-address',
        (second ?? first).at,
        {
          address: first.address.text,
          owners: [...same.map(({ owner }) => owner), ...interfaces.map(ownerOf)],
          network: entityRef('cluster', cluster.id),
        },
        [...same.map(({ at }) => at), ...interfaces.map(({ at }) => at)],
      );
    }
    const services = (design.services ?? []).flatMap((service) =>
      service.cluster !== cluster.id
        ? []
        : (service.clusterIps ?? []).map((text, at) => ({
            address: ip(text).text,
            service: service.id,
            at: place('service', service.id, 'clusterIps', at),
          })),
    );
    for (const [address, same] of Map.groupBy(services, (one) => one.address)) {
      const names = [...new Set(same.map(({ service }) => service))];
      const second = same[1];
      if (names.length < 2 || !second) continue;
      const detail = { address, cluster: cluster.id, services: names };
      const related = same.map(({ at }) => at);
      yield clash('cluster-ip-shared', second.at, detail, related);
    }
  }
}
