/** What a change lets through, as sentences name it. */
export interface Traffic {
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly port?: number;
}

/** `tcp 443`; the protocol alone where there are no ports. */
export const service = ({ protocol, port }: Traffic) =>
  port === undefined ? protocol : `${protocol} ${port}`;
