import type { BlockedBecause } from '../explain/vocabulary.ts';
import type { Design, InstallScenario } from '../model/design.ts';
import { parseIp } from '../model/ip.ts';
import type { Network } from '../sim/index.ts';
import type { Saying } from '../sim/vocabulary/saying.ts';
import { supplyAirGapped } from './air-gapped.ts';
import type { Catalogue, InstallClient, InstallMode } from './catalogue/index.ts';
import { Bundle } from './carried.ts';
import { Causes, type Gathered } from './causes.ts';
import type { Connections } from './connections.ts';
import { type Connection, type Fare, type Sender } from './connections.ts';
import { insideWants } from './inside.ts';
import { takenRanges } from './ranges.ts';
import { chooseProxy, type ProxyChoice } from './settings/proxy.ts';
import { proxyPlace } from './settings/places.ts';
import { readSettings, type Reading, type Setting } from './settings/read.ts';
import { surroundingsOf, type Surroundings } from './surroundings.ts';
import type {
  Asked,
  InstallAsk,
  InstallCell,
  InstallNeedReport,
  InstallStepReport,
  NoteFacts,
  Supply,
} from './vocabulary.ts';
import type { Want, Work, WorkStep } from './work.ts';

export interface InstallQuestion {
  readonly design: Design;
  readonly network: Network;
  readonly scenario: InstallScenario;
  readonly mode: InstallMode;
  readonly catalogue: Catalogue;
}

/** One thing that was asked of somebody, and what came of it. */
export interface Attempt {
  readonly asks: readonly InstallAsk[];
  readonly works: boolean;
  readonly by: Supply;
  readonly cause?: number;
}

export interface Asking {
  readonly step: string;
  readonly node: string;
  readonly client: InstallClient;
}

/** All cells of one scenario in one mode. */
export class Evaluation {
  readonly question: InstallQuestion;
  readonly work: Work;
  readonly connections: Connections;
  readonly surroundings: Surroundings;
  readonly causes = new Causes();
  readonly #notes = new Map<string, Saying<NoteFacts>>();
  readonly #readings = new Map<string, Reading>();
  readonly #settings: readonly Setting[];
  readonly #bundle: Bundle;
  readonly #carried = new Map<Want, readonly string[]>();

  constructor(question: InstallQuestion, work: Work, connections: Connections) {
    this.question = question;
    this.work = work;
    this.connections = connections;
    this.surroundings = surroundingsOf(question.design, work.cluster);
    this.#settings = settingsIn(question);
    this.#bundle = new Bundle(question.scenario.bundle ?? []);
  }

  get notes(): readonly Saying<NoteFacts>[] {
    return [...this.#notes.values()];
  }

  /** What is asked first of all, so that it can be simulated beforehand, one after the other. */
  questions(): readonly Connection[] {
    if (this.question.mode === 'air-gapped') {
      return this.#fallbacks().map(({ connection }) => connection);
    }
    const found = new Map<string, Connection>();
    for (const { wants } of this.work.steps) {
      for (const { client, nodes, choices, call } of wants) {
        const asked = call ? [call] : (choices[0]?.requests ?? []);
        for (const node of nodes) {
          for (const one of asked) {
            const { connection } = this.#connectionFor({ node, client, step: '' }, one);
            if (connection) found.set(connection.key, connection);
          }
        }
      }
    }
    return [...found.values()];
  }

  steps(): readonly InstallStepReport[] {
    const { design } = this.question;
    const { cluster, boot, steps } = this.work;
    const all: WorkStep[] = [...steps];
    if (cluster) {
      const isProxied = (client: InstallClient, node: string) => {
        const { http, https } = this.reading(client, node);
        return (https ?? http) !== undefined;
      };
      const wants = insideWants(design, cluster, boot, isProxied);
      if (wants.length > 0) {
        all.push({ id: 'inside', title: 'Speak inside the cluster, past the proxy', wants });
      }
    }
    const { name: product, notes } = this.work.product;
    if (notes !== undefined) this.note({ code: 'product-notes', detail: { product, notes } });
    for (const { client, node, host, connection } of this.#fallbacks()) {
      if (this.connections.fare(connection).works) this.#reachesOut(client, host, node);
    }
    const network = this.#networkStep();
    return [...(network ? [network] : []), ...all.map((step) => this.#step(step))];
  }

  reading(client: InstallClient, node: string): Reading {
    const key = `${client} ${node}`;
    let reading = this.#readings.get(key);
    if (!reading) {
      reading = readSettings(client, node, this.#settings, this.work.product.id);
      this.#readings.set(key, reading);
      for (const note of reading.notes) this.note(note);
    }
    return reading;
  }

  /** Air-gapped: whom on the internet clients would ask for what they do not find. */
  #fallbacks(): readonly Fallback[] {
    if (this.question.mode !== 'air-gapped') return [];
    const found = new Map<string, Fallback>();
    for (const { wants } of this.work.steps) {
      for (const { client, nodes, choices } of wants) {
        const [choice] = choices;
        const [asked] = choice?.requests ?? [];
        if (!asked || choice?.endpoint?.network === 'private') continue;
        if (this.surroundings.isInside(asked.host)) continue;
        for (const node of nodes) {
          const { connection } = this.#connectionFor({ node, client, step: '' }, asked);
          const host = `${asked.host}:${asked.port}`;
          if (connection)
            found.set(`${client} ${connection.key}`, { client, node, host, connection });
        }
      }
    }
    return [...found.values()];
  }

  #reachesOut(client: InstallClient, host: string, node: string): void {
    const key = `reaches-out ${client}`;
    const before = this.#notes.get(key);
    const { hosts, nodes } =
      before?.code === 'reaches-out' ? before.detail : { hosts: [], nodes: [] };
    const detail = {
      client,
      hosts: [...new Set([...hosts, host])],
      nodes: [...new Set([...nodes, node])],
    };
    this.#notes.set(key, { code: 'reaches-out', detail });
  }

  /** What of the references is in the bundle. */
  carried(want: Want): readonly string[] {
    const { kind, references } = want;
    let carried = this.#carried.get(want);
    if (!carried) {
      carried = kind === 'call' ? [] : references.filter((one) => this.#bundle.has(kind, one));
      this.#carried.set(want, carried);
    }
    return carried;
  }

  note(note: Saying<NoteFacts>): void {
    const key = JSON.stringify(note);
    if (!this.#notes.has(key)) this.#notes.set(key, note);
  }

  /** Ranges of the cluster that are in use elsewhere. */
  #networkStep(): InstallStepReport | undefined {
    const { cluster } = this.work;
    const hasNodes = this.work.steps.some(({ wants }) => wants.length > 0);
    const step = 'network';
    if (!hasNodes) this.causes.add('nobody-there', {}, { key: '', step });
    const taken = cluster && hasNodes ? takenRanges(this.question.design, cluster) : [];
    for (const facts of taken) {
      this.causes.add('in-cluster-range', facts, { key: facts.range, step });
    }
    if (hasNodes && taken.length === 0) return undefined;
    return { id: step, title: 'Ranges of addresses', works: false, needs: [] };
  }

  #step({ id, title, wants }: WorkStep): InstallStepReport {
    const needs = wants.map((want) => this.#need(id, want));
    return { id, title, works: needs.every(({ works }) => works), needs };
  }

  #need(step: string, want: Want): InstallNeedReport {
    const { kind, client, references, hidden } = want;
    const cells = want.nodes.map((node): InstallCell => {
      const { works, by, asks, cause } = this.#cell({ step, node, client }, want);
      return { node, works, by, asks, ...(cause === undefined ? {} : { cause }) };
    });
    return {
      kind,
      client,
      references,
      ...(hidden === undefined ? {} : { hidden }),
      works: cells.every(({ works }) => works),
      cells,
    };
  }

  #cell(asking: Asking, want: Want): Attempt {
    const { kind, choices, call, references } = want;
    if (call) return this.ask(asking, [{ asked: call }]);
    if (kind !== 'call' && this.question.mode === 'air-gapped') {
      return supplyAirGapped(this, asking, want, kind);
    }
    if (kind !== 'call' && choices.length === 0) {
      if (this.carried(want).length === references.length) {
        return { works: true, by: 'bundle', asks: [] };
      }
      const cause = this.causes.add(
        'nobody-known',
        { kind, references },
        { key: references.join(), step: asking.step, node: asking.node },
      );
      return { works: false, by: 'nowhere', asks: [], cause };
    }
    return this.#firstChoice(asking, want);
  }

  /** The first choice that works; else what stops the first of those that the design's name servers know. */
  #firstChoice(asking: Asking, { choices }: Want): Attempt {
    const { assumed } = this.connections.internet;
    const known = choices.filter(({ requests }) =>
      requests.some(
        ({ host }) => assumed.has(host) || this.surroundings.addressesOf(host).length > 0,
      ),
    );
    const inOrder = [...known, ...choices.filter((choice) => !known.includes(choice))];
    const [first] = inOrder;
    const working = inOrder.find(({ requests }) => this.#works(asking, requests.map(alternatives)));
    const { requests = [] } = working ?? first ?? {};
    return this.ask(asking, requests.map(alternatives));
  }

  #works(asking: Asking, requests: readonly Alternatives[]): boolean {
    return requests.every(({ asked, instead = [] }) =>
      [asked, ...instead].some((one) => {
        const { connection } = this.#connectionFor(asking, one);
        return connection !== undefined && this.connections.fare(connection).works;
      }),
    );
  }

  /** Makes requests one after the other, up to the first that fails. */
  ask(asking: Asking, requests: readonly Alternatives[], supply?: Supply): Attempt {
    const asks: InstallAsk[] = [];
    for (const { asked, instead = [] } of requests) {
      let best = this.#tryOne(asking, asked);
      for (const one of instead) {
        if (best.works) break;
        const other = this.#tryOne(asking, one);
        if (other.works) best = other;
      }
      if (best.ask) asks.push(best.ask);
      if (best.works) continue;
      const cause = best.why();
      return { works: false, by: supply ?? supplyOf(asks), asks, cause };
    }
    return { works: true, by: supply ?? supplyOf(asks), asks };
  }

  #connectionFor(asking: Asking, asked: Asked) {
    const { client, node } = asking;
    const reading = this.reading(client, node);
    const choice = chooseProxy(client, reading, asked);
    if (choice.kind === 'malformed') return { choice, reading };
    const { proxy: by } = choice.kind === 'proxy' ? choice : { proxy: undefined };
    const { proxy: past } = choice.kind === 'bypassed' ? choice : { proxy: undefined };
    const noProxy = reading.noProxy?.value ?? '';
    const isPod = client === 'terraform' && this.work.product.id === 'cam';
    const sender: Sender = { node, client, isPod };
    if (isPod && !this.connections.hasPod(node)) this.#notDrawn(client, node);
    const connection = this.connections.connection(sender, asked, by, past, noProxy);
    return { choice, reading, connection };
  }

  #notDrawn(client: InstallClient, node: string): void {
    this.#gatherNodes('pod-not-drawn', client, node);
  }

  #gatherNodes(
    code: 'pod-not-drawn' | 'no-proxy-known',
    client: InstallClient,
    node: string,
  ): void {
    const key = `${code} ${client}`;
    const before = this.#notes.get(key);
    const nodes = before?.code === code ? before.detail.nodes : [];
    if (nodes.includes(node)) return;
    this.#notes.set(key, { code, detail: { client, nodes: [...nodes, node] } });
  }

  #notDrawnHost(host: string): void {
    const key = 'not-drawn';
    const before = this.#notes.get(key);
    const hosts = before?.code === key ? before.detail.hosts : [];
    if (!hosts.includes(host))
      this.#notes.set(key, { code: key, detail: { hosts: [...hosts, host] } });
  }

  #tryOne(asking: Asking, asked: Asked): Tried {
    const { choice, reading, connection } = this.#connectionFor(asking, asked);
    const { step, node, client } = asking;
    if (choice.kind === 'malformed') {
      const { told } = choice;
      return {
        works: false,
        why: () =>
          this.causes.add(
            'proxy-malformed',
            { client, value: told.value, source: told.source },
            { key: `${client} ${told.source} ${told.value}`, step, node, at: told },
          ),
      };
    }
    if (!connection) throw new Error(`nothing is asked of ${asked.host}`);
    const isOutside = !this.surroundings.isInside(asked.host);
    if (choice.kind === 'direct' && this.question.mode === 'proxy' && isOutside) {
      this.#gatherNodes('no-proxy-known', client, node);
    }
    const wrong = this.#wrongScheme(asking, choice);
    const fare = wrong ? { works: false } : this.connections.fare(connection);
    const ask = askOf(asked, choice, fare, connection);
    if (this.connections.internet.assumed.has(asked.host)) this.#notDrawnHost(asked.host);
    return {
      works: fare.works,
      ask,
      why: wrong ?? (() => this.#blocked(asking, asked, choice, reading, connection, fare)),
    };
  }

  /** A proxy of the design speaks plain HTTP to its clients. */
  #wrongScheme({ step, node, client }: Asking, choice: ProxyChoice): (() => number) | undefined {
    if (choice.kind !== 'proxy' || choice.proxy.scheme === 'http') return undefined;
    const { scheme, host, port, told } = choice.proxy;
    const isPlain = this.surroundings
      .nodesAt(host)
      .some((one) => 'httpProxy' in one && one.httpProxy.port === port);
    if (!isPlain) return undefined;
    const facts = { client, scheme, proxy: `${host}:${port}`, source: told.source };
    const key = `${client} ${told.source} ${told.value}`;
    return () => this.causes.add('proxy-scheme', facts, { key, step, node, at: told });
  }

  #blocked(
    { step, node, client }: Asking,
    { host, port }: Asked,
    choice: ProxyChoice,
    reading: Reading,
    { flow }: Connection,
    { blocked }: Fare,
  ): number {
    if (!blocked)
      throw new Error(`nothing stands in the way of ${flow.id}, and it does not arrive`);
    const { because } = blocked;
    if (choice.kind !== 'proxy') {
      const device = blocked.node;
      const facts = { client, host, port, device, because };
      // Each client has its own place where it is told of the proxy that it should have taken.
      const isUntold = this.question.mode === 'proxy' && !this.surroundings.isInside(host);
      const key = `${isUntold ? `${client} ` : ''}${blockKey(device, because)}`;
      return this.causes.add('blocked', facts, { key, step, node, flow });
    }
    const proxy = `${choice.proxy.host}:${choice.proxy.port}`;
    if (this.surroundings.isInside(host)) {
      const { told } = choice.proxy;
      const at = reading.noProxy ?? told;
      const token = this.#tokenFor(host);
      const facts = { client, host, port, proxy, source: at.source, token, because };
      const key = `${client} ${at.source} ${token}`;
      return this.causes.add('inside-by-proxy', facts, { key, step, node, flow, at });
    }
    const facts = { client, host, port, proxy, device: blocked.node, because };
    const key = `${proxy} ${blockKey(blocked.node, because)}`;
    return this.causes.add('blocked', facts, { key, step, node, flow });
  }

  /** What NO_PROXY should hold for a host inside: a name as it is, a network for an address. */
  #tokenFor(host: string): string {
    if (host.endsWith('.svc')) return '.svc';
    const address = parseIp(host);
    return address ? (this.surroundings.networkOf(address) ?? host) : host;
  }

  /** Where this client is told of a proxy. */
  placeFor(client: InstallClient): string | undefined {
    return proxyPlace(client, this.work.product.id);
  }

  gathered(): readonly Gathered[] {
    return this.causes.all;
  }
}

interface Fallback {
  readonly client: InstallClient;
  readonly node: string;
  readonly host: string;
  readonly connection: Connection;
}

/** A request, and those that it may be led to instead. */
export interface Alternatives {
  readonly asked: Asked;
  readonly instead?: readonly Asked[];
}

interface Tried {
  readonly works: boolean;
  readonly ask?: InstallAsk;
  /** Enters the cause. */
  readonly why: () => number;
}

const alternatives = ({
  instead = [],
  ...asked
}: Want['choices'][number]['requests'][number]): Alternatives => ({
  asked,
  instead: instead.map((one) => ({ ...one, purpose: asked.purpose })),
});

const supplyOf = (asks: readonly InstallAsk[]): Supply =>
  asks.some(({ proxy, token }) => proxy !== undefined && token === undefined) ? 'proxy' : 'direct';

/** In another mode than the scenario's own only what belongs to that mode was set. */
function settingsIn({ scenario, mode }: InstallQuestion): readonly Setting[] {
  const settings = scenario.settings ?? [];
  return mode === 'connected' && scenario.mode !== 'connected' ? [] : settings;
}

function askOf(asked: Asked, choice: ProxyChoice, fare: Fare, { flow }: Connection): InstallAsk {
  const { host, port, scheme, purpose } = asked;
  const proxy =
    choice.kind === 'proxy' || choice.kind === 'bypassed'
      ? { host: choice.proxy.host, port: choice.proxy.port, source: choice.proxy.told.source }
      : undefined;
  return {
    host,
    port,
    scheme,
    purpose,
    ...(proxy ? { proxy } : {}),
    ...(choice.kind === 'bypassed' ? { token: choice.token } : {}),
    works: fare.works,
    flow,
  };
}

/** Blockers that one change would remove: the same device for the same reason, by the same rule. */
function blockKey(device: string, because: BlockedBecause): string {
  const { code, detail } = because;
  switch (code) {
    case 'filtered':
      return `${device} ${code} ${detail.rule?.id ?? 'default'}`;
    case 'no-such-name':
      return `${code} ${detail.name}`;
    case 'proxy-refused':
      return `${device} ${code} ${JSON.stringify(detail)}`;
    default:
      return `${device} ${code}`;
  }
}
