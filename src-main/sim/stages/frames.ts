import type { Interface, L2Segment } from '../compile/network.ts';
import { because } from '../vocabulary/reason.ts';
import type { Outcome, WalkState } from '../walk-state.ts';
import { encapsulateStretch, encapsulateVxlan } from './encapsulate.ts';
import { fitsReceiver } from './transmit.ts';

/** `arrived`: the frame is at its owner, `tunnel`: it became an outer packet that `state.device` has to send. */
export type Carried = 'arrived' | 'tunnel' | Exclude<Outcome, null>;

/** Hypervisor index where a device's end of a segment is; -1 for the physical network. */
export function placeOf(state: WalkState, device: number, segment: L2Segment): number {
  const found = state.deviceAt(device);
  switch (found.kind) {
    case 'distributed-router':
      return state.instance;
    case 'hypervisor':
      return segment.kind === 'vxlan' ? found.index : -1;
    default:
      return found.hypervisor;
  }
}

/** Brings the outermost frame from the interface that sent it towards the one that it is for. */
export function sendFrame(state: WalkState, from: Interface): Carried {
  const segment = state.segmentAt(from.segment);
  return carry(state, segment, placeOf(state, from.device, segment));
}

/** Brings the outermost frame, which is at `place` of the segment, to its owner or to the stretch that leads there. */
export function carry(state: WalkState, segment: L2Segment, place: number): Carried {
  const target = state.interfaceAt(state.packet.top.target);
  if (target.segment === segment.index) return carryTo(state, segment, place, target);
  const stretch = state.network.stretches[segment.stretch];
  const near = stretch?.ends.find((end) => end.segment === segment.index);
  if (!stretch || !near || near.inside < 0) {
    return state.drop(
      'tunnel-down',
      because('stretch-incomplete', { stretch: stretch?.id ?? segment.id }),
    );
  }
  // The concentrator's port takes in what is for the far side (promiscuous mode, or a sink port).
  return carryTo(state, segment, place, state.interfaceAt(near.inside));
}

function carryTo(state: WalkState, segment: L2Segment, place: number, target: Interface): Carried {
  const owner = state.deviceAt(target.device);
  if (owner.kind === 'distributed-router') return toInstance(state, segment, place, target);
  const there = placeOf(state, target.device, segment);
  switch (segment.kind) {
    case 'link':
    case 'veth':
      return arrive(state, segment, target, -1);
    case 'lan':
    case 'vlan':
      return acrossVlan(state, segment, place, there, target);
    case 'vxlan':
      return acrossVxlan(state, segment, place, there, target);
    default:
      return segment.kind satisfies never;
  }
}

/** Frames for a distributed router go no further than the hypervisor of whoever sends them. */
function toInstance(
  state: WalkState,
  segment: L2Segment,
  place: number,
  target: Interface,
): Carried {
  const router = state.deviceAt(target.device);
  const [zone = ''] = router.transportZones;
  if (place < 0) {
    if (segment.kind !== 'vxlan') {
      const detail = { router: router.id, segment: segment.id };
      state.warn('not-modelled', router.id, { part: 'designated-instance', ...detail });
    }
    return state.drop('tunnel-down', because('no-instance', { router: router.id }));
  }
  const hypervisor = state.deviceAt(place);
  if (!hypervisor.transportZones.includes(zone)) {
    return state.drop(
      'tunnel-down',
      because('outside-zone', { hypervisor: hypervisor.id, zone, vni: segment.vni }),
    );
  }
  return arrive(state, segment, target, place);
}

/** Both machines are in one hypervisor: its switch hands the frame over. */
function switchLocally(
  state: WalkState,
  segment: L2Segment,
  place: number,
  target: Interface,
): Carried {
  enterHypervisor(state, place);
  const to = state.deviceAt(target.device).id;
  state.recorder?.step('switch/local', { segment: segment.id, to }, state.packet);
  return arrive(state, segment, target, -1);
}

function acrossVxlan(
  state: WalkState,
  segment: L2Segment,
  place: number,
  there: number,
  target: Interface,
): Carried {
  const { packet, recorder } = state;
  const owner = state.deviceAt(target.device);
  if (place < 0 || there < 0) {
    const machine = place < 0 ? state.device.id : owner.id;
    return state.drop('tunnel-down', because('not-on-hypervisor', { machine, vni: segment.vni }));
  }
  if (place === there) return switchLocally(state, segment, place, target);
  enterHypervisor(state, place);
  const [from, to] = [state.deviceAt(place), state.deviceAt(there)];
  recorder?.step('switch/remote', { segment: segment.id, to: owner.id, through: to.id }, packet);
  const outcome = encapsulateVxlan(state, segment, from, to, target);
  state.device = from;
  return outcome ?? 'tunnel';
}

function acrossVlan(
  state: WalkState,
  segment: L2Segment,
  place: number,
  there: number,
  target: Interface,
): Carried {
  const { packet, recorder } = state;
  const to = state.deviceAt(target.device).id;
  if (place >= 0 && place === there) return switchLocally(state, segment, place, target);
  if (place >= 0) {
    enterHypervisor(state, place);
    recorder?.step('switch/uplink', { segment: segment.id, to }, packet);
  }
  if (there >= 0) {
    enterHypervisor(state, there);
    recorder?.step('switch/uplink', { segment: segment.id, to }, packet);
  }
  return arrive(state, segment, target, -1);
}

/** A hypervisor's virtual switch takes the frame: a hop of its own, unless the packet is in that hypervisor already. */
function enterHypervisor(state: WalkState, index: number): void {
  const hypervisor = state.deviceAt(index);
  if (state.device !== hypervisor) state.hopCount += 1;
  if (state.recorder && state.recorder.lastNode !== hypervisor.id) {
    state.recorder.enter(hypervisor, undefined, state.packet.depth);
  }
}

/** The frame is at an interface: its packet goes up to layer 3, or the whole frame into the stretch's tunnel. */
function arrive(
  state: WalkState,
  segment: L2Segment,
  target: Interface,
  instance: number,
): Carried {
  const { packet, recorder } = state;
  const owner = state.deviceAt(target.device);
  const forStretch = packet.top.target !== target.index;
  recorder?.enter(owner, instance < 0 ? undefined : state.deviceAt(instance).id, packet.depth);
  if (forStretch) {
    if (owner.up && !target.up) {
      const detail = { device: owner.id, interface: target.id };
      return state.drop('interface-down', because('interface-down', detail));
    }
    recorder?.step('receive/accept', { interface: target.id, segment: segment.id }, packet);
    return intoStretch(state, segment, owner.index);
  }
  packet.pop();
  state.device = owner;
  state.inInterface = target.index;
  const giant = fitsReceiver(state, target, segment);
  if (giant) return giant;
  state.instance = instance;
  recorder?.step('receive/accept', { interface: target.id, segment: segment.id }, packet);
  return 'arrived';
}

function intoStretch(state: WalkState, segment: L2Segment, gateway: number): Carried {
  const stretch = state.network.stretches[segment.stretch];
  if (!stretch)
    return state.drop('tunnel-down', because('stretch-incomplete', { stretch: segment.id }));
  const [a, b] = stretch.ends;
  const [near, far] = a.segment === segment.index ? [a, b] : [b, a];
  state.device = state.deviceAt(gateway);
  state.instance = -1;
  state.hopCount += 1;
  state.crossings.push(stretch.index);
  return encapsulateStretch(state, stretch, near, far) ?? 'tunnel';
}
