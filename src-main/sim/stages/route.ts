import type { RouteEntry } from '../compile/network.ts';
import { lookupRoute } from '../compile/route-table.ts';
import { reasons } from '../vocabulary/reasons.ts';
import type { Outcome, WalkState } from '../walk-state.ts';

export const localDestination: RouteEntry = {
  interface: -1,
  via: null,
  kind: 'local',
  origin: 'connected',
  id: '',
};

/** What the route stage found; the entry is null where the walk ends. */
export interface Routed {
  entry: RouteEntry | null;
  outcome: Outcome;
}

/** Longest-prefix match on the destination of the outermost IP header. Fills `routed`, which the caller owns. */
export function route(state: WalkState, routed: Routed): void {
  const { device, packet, recorder } = state;
  const { dst } = packet.top;
  const group = lookupRoute(dst.family === 4 ? device.routes4 : device.routes6, dst);
  if (!group) {
    const withdrawn = dst.family === 4 ? device.withdrawn4 : device.withdrawn6;
    const lost = withdrawn && lookupRoute(withdrawn, dst);
    recorder?.step('route/none', { destination: dst.text }, packet);
    routed.entry = null;
    if (lost) {
      const down = state.interfaceAt(lost.entries[0]?.interface ?? -1).id;
      const reason = reasons.withdrawn(device.id, lost.prefix, down);
      routed.outcome = state.drop('interface-down', reason);
    } else {
      routed.outcome = state.drop('no-route', reasons.noRoute(device.id, dst.text));
    }
    return;
  }
  const { entries } = group;
  const entry = entries[
    entries.length === 1 ? 0 : state.choose(state, entries.length, 'route')
  ] as RouteEntry;
  routed.entry = entry;
  routed.outcome = null;
  switch (entry.kind) {
    case 'local':
      recorder?.step('route/local', { destination: dst.text }, packet);
      return;
    case 'discard': {
      const id = entry.id === '' ? {} : { route: entry.id };
      recorder?.step(
        'route/discard',
        { destination: dst.text, prefix: group.prefix, ...id },
        packet,
      );
      routed.entry = null;
      routed.outcome = state.drop('null-routed', reasons.discards(device.id, group.prefix));
      return;
    }
    case 'forward':
    case 'tunnel':
      if (recorder) {
        recorder.step(
          'route/match',
          {
            destination: dst.text,
            prefix: group.prefix,
            origin: entry.origin,
            ...(entry.id === '' ? {} : { route: entry.id }),
            ...(entry.via ? { via: entry.via.text } : {}),
            interface: state.interfaceAt(entry.interface).id,
            choices: entries.length,
          },
          packet,
        );
      }
      return;
    default:
      entry.kind satisfies never;
  }
}
