import fc from 'fast-check';
import type { NetworkInterface } from '../../src-main/model/design.ts';
import {
  everywhere,
  hostAddress,
  interfaceAddresses,
  subnetOf,
  type Network,
} from './address-plan.ts';
import { chance, mtu, type Sketch } from './sketch.ts';

/** Hypervisors with VTEPs on the first network, and one or two logical switches. */
export function addOverlay(sketch: Sketch): void {
  const { draw, builder, has, networks, taken, hypervisors, forwarding, overlay } = sketch;
  const [underlay] = networks;
  if (!underlay || draw(chance(50))) return;
  builder.transportZone('tz', draw(chance(20)) ? { udpPort: 8472 } : {});
  const count = draw(fc.integer({ min: 1, max: 3 }));
  for (let at = 0; at < count; at += 1) {
    const id = `esxi${at}`;
    const host = 200 + at;
    const addresses = interfaceAddresses(underlay, has, host);
    const vtep: NetworkInterface = { id: 'vtep', segment: underlay.id, addresses };
    builder.hypervisor(id, [], {
      vteps: draw(chance(10)) ? [] : [vtep],
      transportZones: draw(chance(10)) ? [] : ['tz'],
      ...(draw(chance(5)) ? { state: 'down' } : {}),
    });
    hypervisors.push(id);
    taken.push({ node: id, network: underlay, host });
  }
  const switches = draw(fc.integer({ min: 1, max: 2 }));
  for (let at = 0; at < switches; at += 1) {
    const item: Network = { id: `vx${at}`, index: 20 + at, isPublic: false };
    networks.push(item);
    overlay.add(item.id);
    builder.vxlan(
      item.id,
      6000 + at,
      has.map((family) => subnetOf(item, family)),
      {
        transportZone: 'tz',
        ...(draw(chance(30)) ? { mtu: draw(mtu) } : {}),
      },
    );
  }
  if (draw(chance(60))) {
    const items = networks
      .filter((one) => overlay.has(one.id))
      .map((one, at) => ({
        id: `lif${at}`,
        segment: one.id,
        addresses: interfaceAddresses(one, has, 1),
      }));
    builder.dlr('dlr', items, { transportZone: 'tz' });
    forwarding.add('dlr');
    for (const one of networks)
      if (overlay.has(one.id)) taken.push({ node: 'dlr', network: one, host: 1 });
  }
}

/** The second network stretched to a segment with the same subnets, and a host there. */
export function addStretch({ draw, builder, has, networks, overlay, taken }: Sketch): void {
  const plain = networks.filter(({ id }) => !overlay.has(id));
  const [uplink, home] = plain;
  if (!uplink || !home) return;
  builder.segment(
    'far',
    has.map((family) => subnetOf(home, family)),
  );
  for (const [at, segment] of [home.id, 'far'].entries()) {
    const up = {
      id: 'up',
      segment: uplink.id,
      addresses: interfaceAddresses(uplink, has, 230 + at),
    };
    builder.l2Gateway(`l2-${at}`, [{ id: 'in', segment }, up]);
  }
  const farHost = { id: 'eth0', segment: 'far', addresses: interfaceAddresses(home, has, 150) };
  const gateway = taken.find(({ network: on }) => on === home)?.host ?? 1;
  builder
    .host('far-host', [farHost], {
      listens: ['tcp 443'],
      routes: has.map((family) => ({
        destination: everywhere(family),
        via: hostAddress(home, family, gateway),
      })),
    })
    .stretch('stretch', [home.id, 'l2-0', 'up'], ['far', 'l2-1', 'up'], {
      ...(draw(chance(30)) ? { proximityRouting: true } : {}),
      ...(draw(chance(30)) ? { outerDf: true } : {}),
      ...(draw(chance(10)) ? { state: 'down' as const } : {}),
    });
  taken.push({ node: 'far-host', network: home, host: 150 });
}
