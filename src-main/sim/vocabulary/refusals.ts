import type { Saying, SayingTable } from './saying.ts';

/** Why a proxy does not open a connection for its client. */
export interface RefusalFacts {
  'not-a-client': { readonly client: string };
  'host-not-served': { readonly host: string };
  'port-not-open': { readonly port: number; readonly ports: readonly number[] };
}
export type Refusal = Saying<RefusalFacts>;

export const refusals: SayingTable<RefusalFacts> = {
  'not-a-client': ({ client }) => `${client} is not among its clients`,
  'host-not-served': ({ host }) => `${host} is not among the hosts it goes to`,
  'port-not-open': ({ port, ports }) => `port ${port} is not open to CONNECT (${ports.join(', ')})`,
};

export const refusalsKo: SayingTable<RefusalFacts> = {
  'not-a-client': ({ client }) => `${client}은(는) 프록시의 클라이언트가 아님`,
  'host-not-served': ({ host }) => `${host}은(는) 프록시가 연결하는 호스트가 아님`,
  'port-not-open': ({ port, ports }) =>
    `포트 ${port}은(는) CONNECT에 열려 있지 않음 (${ports.join(', ')})`,
};
