import { isLoopback, type Ip } from '../../model/ip.ts';
import type { RouteEntry, RouteTable } from '../compile/network.ts';
import { firstRoute, lookupRoute, routeChoices, routeEntry } from '../compile/route-table.ts';
import { because } from '../vocabulary/reason.ts';
import type { WalkState } from '../walk-state.ts';
import { ownAddress } from './own-address.ts';

/** Longest-prefix match on the destination of the outermost IP header. Fills `state.routed`. */
export function route(state: WalkState): void {
  const { device, packet, recorder, routed } = state;
  const { dst } = packet.top;
  if (isSpecial(dst)) {
    routeSpecial(state, dst);
    return;
  }
  const table = dst.family === 4 ? device.routes4 : device.routes6;
  const group = lookupRoute(table, dst);
  if (group < 0) {
    noRoute(state);
    return;
  }
  const choices = routeChoices(table, group);
  const entry = chooseEntry(state, table, group, choices);
  routed.entry = entry;
  routed.outcome = null;
  if (entry.kind === 'discard' || recorder) {
    const open = state.boundInterface < 0 ? choices : boundChoices(state, table, group, choices);
    noteRoute(state, entry, table.pool.prefixes[group] ?? '', open);
  }
}

const loopbackEntry: RouteEntry = {
  interface: -1,
  via: null,
  kind: 'local',
  origin: 'connected',
  id: '',
};

/** Loopback, multicast, broadcast and reserved addresses (IANA's special-purpose registries, RFC 6890). */
function isSpecial(address: Ip): boolean {
  const first = address.w0 >>> 24;
  if (address.family === 4) return first === 127 || first === 0 || first >= 224;
  return first === 0xff || (address.w0 === 0 && address.w1 === 0 && address.w2 === 0);
}

/** A device's own loopback is for itself; the others are nobody's route. */
function routeSpecial(state: WalkState, destination: Ip): void {
  const { packet, recorder, routed } = state;
  if (!isLoopback(destination)) {
    routed.entry = null;
    routed.outcome = state.drop('no-route', because('not-unicast', { address: destination.text }));
  } else if (state.localOrigin) {
    recorder?.step('route/local', { destination: destination.text }, packet);
    routed.entry = loopbackEntry;
    routed.outcome = null;
  } else {
    routed.entry = null;
    routed.outcome = state.drop('no-route', because('martian', { address: destination.text }));
  }
}

function noRoute(state: WalkState): void {
  const { device, packet, recorder, routed } = state;
  const { dst } = packet.top;
  recorder?.step('route/none', { destination: dst.text }, packet);
  routed.entry = null;
  const withdrawn = dst.family === 4 ? device.withdrawn4 : device.withdrawn6;
  const lost = withdrawn && firstRoute(withdrawn, dst);
  if (lost) {
    const down = state.interfaceAt(lost.interface).id;
    const prefix = withdrawn.pool.prefixes[lookupRoute(withdrawn, dst)] ?? '';
    routed.outcome = state.drop(
      'interface-down',
      because('withdrawn', { device: device.id, prefix, interface: down }),
    );
  } else {
    routed.outcome = state.drop(
      'no-route',
      because('no-route', { device: device.id, destination: dst.text }),
    );
  }
}

function noteRoute(state: WalkState, entry: RouteEntry, prefix: string, choices: number): void {
  const { device, packet, recorder, routed } = state;
  const { dst } = packet.top;
  switch (entry.kind) {
    case 'local':
      recorder?.step('route/local', { destination: dst.text }, packet);
      return;
    case 'discard': {
      const id = entry.id === '' ? {} : { route: entry.id };
      recorder?.step('route/discard', { destination: dst.text, prefix, ...id }, packet);
      routed.entry = null;
      routed.outcome = state.drop(
        'null-routed',
        because('discards', { device: device.id, prefix }),
      );
      return;
    }
    case 'forward':
    case 'tunnel':
      if (recorder) {
        recorder.step(
          'route/match',
          {
            destination: dst.text,
            prefix,
            origin: entry.origin,
            ...(entry.id === '' ? {} : { route: entry.id }),
            ...(entry.via ? { via: entry.via.text } : {}),
            interface: state.interfaceAt(entry.interface).id,
            choices,
          },
          packet,
        );
      }
      return;
    default:
      entry.kind satisfies never;
  }
}

/** A VTEP's packets leave by the VTEP's own interface where a route of it, or of its twin on the same segment, leads there. */
function chooseEntry(
  state: WalkState,
  table: RouteTable,
  group: number,
  choices: number,
): RouteEntry {
  const { boundInterface: bound } = state;
  if (bound >= 0) {
    const own = boundEntries(state, table, group, choices);
    if (own.length > 0) return oneOf(state, own);
    const first = routeEntry(table, group, 0);
    if (sharesWire(state, first, bound)) return { ...first, interface: bound };
  }
  if (choices === 1) return routeEntry(table, group, 0);
  const own = state.openSource && state.localOrigin ? ofSource(state, table, group, choices) : [];
  return own.length > 0
    ? oneOf(state, own)
    : routeEntry(table, group, state.choose(state, choices, 'route'));
}

const boundEntries = (
  { boundInterface }: WalkState,
  table: RouteTable,
  group: number,
  choices: number,
): readonly RouteEntry[] =>
  entriesOf(table, group, choices).filter((entry) => entry.interface === boundInterface);

/** How many of the equal routes a VTEP's packet may take. */
const boundChoices = (...where: Parameters<typeof boundEntries>): number =>
  Math.max(1, boundEntries(...where).length);

const oneOf = (state: WalkState, entries: readonly RouteEntry[]): RouteEntry =>
  entries[entries.length === 1 ? 0 : state.choose(state, entries.length, 'route')] as RouteEntry;

const entriesOf = (table: RouteTable, group: number, choices: number): RouteEntry[] =>
  Array.from({ length: choices }, (_, choice) => routeEntry(table, group, choice));

/** The equal routes whose interface speaks with the packet's source. */
function ofSource(
  state: WalkState,
  table: RouteTable,
  group: number,
  choices: number,
): readonly RouteEntry[] {
  const { src, dst } = state.packet.top;
  if (state.packet.depth > 0) return [];
  return entriesOf(table, group, choices).filter(
    ({ interface: out, via }) => out >= 0 && ownAddress(state, out, dst, via)?.text === src.text,
  );
}

/** The next hop of a route by one VTEP is on the segment of the other, too. */
const sharesWire = (state: WalkState, entry: RouteEntry, bound: number): boolean =>
  entry.kind === 'forward' &&
  state.interfaceAt(entry.interface).segment === state.interfaceAt(bound).segment;
