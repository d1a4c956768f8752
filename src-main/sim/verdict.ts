import type { Ip } from '../model/ip.ts';
import { hashChooser } from './choosers.ts';
import type { Network } from './compile/network.ts';
import { makePacket, placeRouter, type TransportName } from './connection.ts';
import type { Disposition } from './vocabulary/disposition.ts';
import { settleSource, sourceFor } from './source-address.ts';
import { walk } from './walk.ts';
import { WalkState } from './walk-state.ts';

/** Answers many questions of one network, one packet each, without writing traces. Keeps its memory between them. */
export interface VerdictRunner {
  /** Walks one packet from a node to an address; undefined where the node does not exist. */
  run(
    node: string,
    destination: Ip,
    protocol: TransportName,
    port: number,
    sourcePort: number,
  ): Disposition | undefined;
  /** Devices that the last packet visited. */
  readonly hops: number;
}

const handshake = { bytes: 0, df: true } as const;

export function createVerdictRunner(network: Network): VerdictRunner {
  const state = new WalkState(network, hashChooser);
  return {
    get hops() {
      return state.hopCount;
    },
    run(node, destination, protocol, port, sourcePort) {
      const device = network.devices[network.deviceByNode.get(node) ?? -1];
      if (!device) return undefined;
      state.sessions.length = 0;
      state.warnings.length = 0;
      state.begin(null, false);
      state.device = device;
      placeRouter(state);
      const source = sourceFor(state, device, destination);
      if (!source) return 'no-route';
      makePacket(state, protocol, handshake, source, destination, sourcePort, port, false);
      settleSource(state);
      return walk(state, null);
    },
  };
}
