import type { RouteEntry } from '../compile/network.ts';
import { lookupRoute } from '../compile/route-table.ts';
import { reasons } from '../vocabulary/reasons.ts';
import type { WalkState } from '../walk-state.ts';

/** Longest-prefix match on the destination of the outermost IP header. Fills `state.routed`. */
export function route(state: WalkState): void {
  const { device, packet, recorder, routed } = state;
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
  const entries = usableEntries(state, group.entries);
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

/** A VTEP's packets leave by the VTEP's own interface where a route of it leads there. */
function usableEntries(state: WalkState, entries: readonly RouteEntry[]): readonly RouteEntry[] {
  if (state.boundInterface < 0 || entries.length === 1) return entries;
  const bound = entries.filter((entry) => entry.interface === state.boundInterface);
  return bound.length > 0 ? bound : entries;
}
