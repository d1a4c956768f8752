import type { Design, Node } from '../model/design.ts';
import { compile, type Network } from '../sim/index.ts';
import { endpointsFor, productOf, type Catalogue } from './catalogue/index.ts';
import { surroundingsOf } from './surroundings.ts';

/** A design with the hosts that an install asks on the internet, whether they are drawn or not. */
export interface AssumedInternet {
  readonly design: Design;
  readonly network: Network;
  /** Hosts that the design's name servers do not know: they are taken to be there, and to answer. */
  readonly assumed: ReadonlySet<string>;
  /** Name servers that were taught of them, by node. */
  readonly taught: ReadonlySet<string>;
}

/** RFC 5737: for documentation; no design has it in use for anything that is real. */
const standIn = '192.0.2.1';

/**
 * Nobody draws every content network. What the catalogue or a scenario names and no name server of the design knows is
 * taught to the name servers that stand on the internet: questions to them, and packets to the internet, are simulated
 * as for any other host.
 */
export function assumeInternet(
  design: Design,
  network: Network,
  catalogue: Catalogue,
): AssumedInternet {
  const internet = internetSites(design);
  const servers = (design.nodes ?? []).filter((node) => isNameServerOf(node, internet));
  const surroundings = surroundingsOf(design, undefined);
  const hosts = askedHosts(design, catalogue).filter(
    (host) => surroundings.addressesOf(host).length === 0,
  );
  const isOwn = (host: string) => (design.nodes ?? []).some(({ id }) => id === host);
  const assumed = new Set(servers.length === 0 ? [] : hosts.filter((host) => !isOwn(host)));
  const taught = new Set(servers.map(({ id }) => id));
  if (assumed.size === 0) return { design, network, assumed, taught: new Set() };
  const nodes = design.nodes?.map((node) => (taught.has(node.id) ? teach(node, assumed) : node));
  const augmented: Design = nodes ? { ...design, nodes } : design;
  return { design: augmented, network: compile(augmented), assumed, taught };
}

const internetSites = ({ sites = [] }: Design): ReadonlySet<string> =>
  new Set(sites.filter(({ kind }) => kind === 'internet').map(({ id }) => id));

const isNameServerOf = (node: Node, sites: ReadonlySet<string>): boolean =>
  'dnsServer' in node && node.site !== undefined && sites.has(node.site);

/** Names that stand for public hosts: with a dot, and not of a domain for networks inside. */
const isPublicName = (host: string): boolean =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/.test(host) &&
  !/\.(icp|svc|local|internal|corp|lan|home|test|example)$/.test(host);

function askedHosts(design: Design, catalogue: Catalogue): readonly string[] {
  const hosts = new Set<string>();
  const add = (
    requests: readonly {
      readonly host?: string;
      readonly instead?: readonly { readonly host: string }[];
    }[],
  ) => {
    for (const { host, instead = [] } of requests) {
      for (const one of [host, ...instead.map((other) => other.host)]) {
        if (one !== undefined && isPublicName(one)) hosts.add(one);
      }
    }
  };
  for (const { network, requests } of catalogue.endpoints) if (network === 'public') add(requests);
  for (const { product, artifacts = [] } of design.installScenarios ?? []) {
    const known = productOf(catalogue, product);
    const needs = known?.steps.flatMap((step) => step.needs ?? []) ?? [];
    for (const { kind, references } of needs) {
      for (const one of references)
        for (const choice of endpointsFor(catalogue, kind, one)) add(choice.requests);
    }
    for (const { kind, reference } of artifacts) {
      for (const choice of endpointsFor(catalogue, kind, reference)) add(choice.requests);
    }
  }
  return [...hosts];
}

/** In zones of their own, so that what else the server knows stays as it is. */
function teach(node: Node, hosts: ReadonlySet<string>): Node {
  if (!('dnsServer' in node)) return node;
  const zones = [...(node.dnsServer.zones ?? [])];
  for (const name of hosts) {
    const record = { type: 'A' as const, name, address: standIn };
    zones.push({ name, records: [record] });
  }
  return { ...node, dnsServer: { ...node.dnsServer, zones } };
}
