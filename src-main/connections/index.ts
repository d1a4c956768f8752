export { connectionsOf, lineOf, type Connections } from './connections.ts';
export type { ConnectionSet, PortRange, TransportName } from './port-sets.ts';
