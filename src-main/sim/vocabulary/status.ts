/** `one-way`: the request arrives, its reply does not. */
export type FlowStatus = 'reachable' | 'one-way' | 'unreachable';
