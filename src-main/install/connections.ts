import { firstBlocked, type Blocked } from '../explain/blocked.ts';
import type { Design, Flow, FlowSource, FlowTarget } from '../model/design.ts';
import { simulate, type Network } from '../sim/index.ts';
import type { AssumedInternet } from './assumed-internet.ts';
import type { InstallClient } from './catalogue/index.ts';
import type { Proxy } from './settings/proxy.ts';
import { matcherOf } from './settings/read.ts';
import type { Asked } from './vocabulary.ts';

/** How a connection fares. */
export interface Fare {
  readonly works: boolean;
  /** What stands in its way. */
  readonly blocked?: Blocked;
}

/** A connection that an install makes, and how it is told apart from others. */
export interface Connection {
  readonly key: string;
  readonly flow: Flow;
}

/** Who sends, to whom, and what it was told of a proxy. */
export interface Sender {
  readonly node: string;
  readonly client: InstallClient;
  /** Programs in pods send from one, where one is drawn on the node. */
  readonly isPod: boolean;
}

/** Makes connections of what is asked, and simulates each of them once. */
export class Connections {
  readonly #design: Design;
  readonly internet: AssumedInternet;
  readonly #fares: Map<string, Fare>;
  readonly #pods: ReadonlyMap<string, string>;

  /** `fares`: what is known of the same network. */
  constructor(
    design: Design,
    internet: AssumedInternet,
    fares: Map<string, Fare> = new Map<string, Fare>(),
  ) {
    this.#design = design;
    this.internet = internet;
    this.#fares = fares;
    const pods = (design.workloads ?? [])
      .filter(({ hostNetwork }) => hostNetwork !== true)
      .flatMap((workload) => workload.pods.map(({ id, node }) => [node, id] as const));
    this.#pods = new Map(pods.reverse());
  }

  get count(): number {
    return this.#fares.size;
  }

  /** The same network, for another design that differs only in what packets do not see. */
  for(design: Design): Connections {
    return new Connections(design, this.internet, this.#fares);
  }

  hasPod(node: string): boolean {
    return this.#pods.has(node);
  }

  fare({ key, flow }: Connection): Fare {
    const known = this.#fares.get(key);
    if (known) return known;
    const fare = fareOf(this.internet.network, flow);
    this.#fares.set(key, fare);
    return fare;
  }

  /** `past`: the client knows of this proxy and goes past it. */
  connection(
    sender: Sender,
    asked: Asked,
    by: Proxy | undefined,
    past: Proxy | undefined,
    noProxy: string,
  ): Connection {
    const { node, client } = sender;
    const pod = sender.isPod ? this.#pods.get(node) : undefined;
    const from: FlowSource = pod === undefined ? { kind: 'node', node } : { kind: 'pod', pod };
    const matcher = matcherOf(client);
    const proxy = by ?? (matcher ? past : undefined);
    const told = {
      // Clients that ignore NO_PROXY have been asked already whether they take the proxy.
      ...(proxy && {
        proxy: {
          host: proxy.host,
          port: proxy.port,
          ...(matcher && noProxy !== '' ? { noProxy } : {}),
          client: matcher ?? ('go' as const),
        },
      }),
    };
    const way = by ? `by ${by.host}:${by.port}` : 'direct';
    const { scheme, host, port } = asked;
    const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const service = by === undefined ? this.#serviceOf(host) : undefined;
    const to: FlowTarget =
      service === undefined
        ? { kind: 'url', url: `${scheme}://${place}/` }
        : { kind: 'service', service };
    return {
      key: `${pod ?? node} ${scheme}://${place} ${way}`,
      flow: {
        id: `install.${node}.${host.replaceAll(/[^A-Za-z0-9.-]/g, '-')}.${port}`,
        name: `${client} on ${node} → ${place}`,
        from,
        to,
        ...(service === undefined ? {} : { protocol: 'tcp' as const, port }),
        ...told,
      },
    };
  }

  /** A service by the name that the API server calls it by, which nobody looks up. */
  #serviceOf(host: string): string | undefined {
    const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc$/.exec(host) ?? [];
    return this.#design.services?.find(
      (one) => (one.name ?? one.id) === name && one.namespace === namespace,
    )?.id;
  }
}

/** On every path; a handshake that comes about while full packets vanish is no connection. */
export function fareOf(network: Network, flow: Flow): Fare {
  const result = simulate(network, flow, { allPaths: true });
  const blocked = firstBlocked(result);
  if (blocked) return { works: false, blocked };
  return { works: result.status === 'reachable' };
}
