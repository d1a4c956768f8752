import type { InstallScenario } from '../../model/design.ts';
import { deadTokens, type ProxyClient } from '../../sim/stages/proxy-decision.ts';
import type { InstallClient, Product } from '../catalogue/index.ts';
import type { NoteFacts } from '../vocabulary.ts';
import type { Saying } from '../../sim/vocabulary/saying.ts';
import { mirrorsIn, type ToldMirror } from './mirrors.ts';
import { icpConfig, placesOf, type Place } from './places.ts';

export type Setting = NonNullable<InstallScenario['settings']>[number];

/** A value, and where the client has it from. */
export interface Told {
  readonly value: string;
  readonly source: string;
  /** Its place in the scenario. */
  readonly setting: Setting;
  readonly key: string;
}

/** What a client on a node has been told. */
export interface Reading {
  readonly http?: Told;
  readonly https?: Told;
  readonly noProxy?: Told;
  /** apt: hosts that are asked without the proxy. */
  readonly direct: readonly string[];
  readonly mirrors: readonly ToldMirror[];
  readonly notes: readonly Saying<NoteFacts>[];
}

/** Whose rules decide what NO_PROXY matches; undefined for clients that ignore the environment. */
export function matcherOf(client: InstallClient): ProxyClient | undefined {
  if (client === 'apt' || client === 'yum') return undefined;
  return client === 'curl' ? 'curl' : 'go';
}

interface Found {
  readonly place: Place;
  readonly setting: Setting;
  readonly values: ReadonlyMap<string, string>;
}

/** What the client reads on a node; of several files of one kind the last wins, and of kinds the first in its list. */
export function readSettings(
  client: InstallClient,
  node: string,
  settings: readonly Setting[],
  product: Product['id'],
): Reading {
  const places = placesOf(client, product);
  const notes: Saying<NoteFacts>[] = [];
  const found: Found[] = [];
  for (const setting of settings) {
    const isOwn = setting.client === client && isFor(setting, node);
    // The installer hands what stands in its configuration to Docker on every node.
    const isHanded =
      client === 'docker' &&
      setting.client === 'icp-installer' &&
      icpConfig.matches.test(setting.source);
    if (!isOwn && !isHanded) continue;
    const place = places.find(({ matches }) => matches.test(setting.source));
    if (place) found.push({ place, setting, values: valuesOf(place, setting) });
    else if (isOwn) {
      const reads = places.map(({ shown }) => shown);
      notes.push({ code: 'setting-unread', detail: { client, source: setting.source, reads } });
    }
  }
  found.sort((a, b) => places.indexOf(b.place) - places.indexOf(a.place));
  const reading = { ...proxiesIn(client, found, notes), ...mirrorsOf(found) };
  const matcher = matcherOf(client);
  if (matcher && reading.noProxy) {
    const { source, value } = reading.noProxy;
    for (const { token, dead } of deadTokens(matcher, value)) {
      notes.push({ code: 'dead-token', detail: { client, source, token, dead } });
    }
  }
  return { ...reading, notes };
}

const isFor = ({ nodes }: Setting, node: string): boolean =>
  nodes === undefined || nodes.includes(node);

const mirrorsOf = (found: readonly Found[]) => ({
  mirrors: found.flatMap(({ place, setting, values }) => mirrorsIn(place, setting, values)),
});

/** `docker_env` holds variables as one text: `HTTP_PROXY=…, NO_PROXY=a,b`. */
function valuesOf({ form }: Place, { values }: Setting): ReadonlyMap<string, string> {
  const entries = new Map(Object.entries(values));
  const packed = form === 'docker-env' ? entries.get('docker_env') : undefined;
  if (packed === undefined) return entries;
  for (const [, name = '', value = ''] of packed.matchAll(
    /([A-Za-z_]*_?(?:proxy|PROXY))=(.*?)(?=[\s,;'"]+[A-Za-z_]*_?(?:proxy|PROXY)=|['"\]]*$)/g,
  )) {
    entries.set(name, value);
  }
  return entries;
}

/** golang.org/x/net/http/httpproxy `FromEnvironment`: upper case first. */
const goNames = {
  http: ['HTTP_PROXY', 'http_proxy'],
  https: ['HTTPS_PROXY', 'https_proxy'],
  noProxy: ['NO_PROXY', 'no_proxy'],
} as const;
/** curl(1), ENVIRONMENT: `http_proxy` in lower case only; of the others lower case first. */
const curlNames = {
  http: ['http_proxy', 'all_proxy', 'ALL_PROXY'],
  https: ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  noProxy: ['no_proxy', 'NO_PROXY'],
} as const;
const daemonJsonNames = {
  http: ['http-proxy', 'proxies.http-proxy'],
  https: ['https-proxy', 'proxies.https-proxy'],
  noProxy: ['no-proxy', 'proxies.no-proxy'],
} as const;
const curlrcNames = { http: ['proxy'], https: ['proxy'], noProxy: ['noproxy'] } as const;
const aptNames = {
  http: ['Acquire::http::Proxy'],
  // apt-transport-https(1): what is not set is that of http.
  https: ['Acquire::https::Proxy', 'Acquire::http::Proxy'],
  noProxy: [],
} as const;
const yumNames = { http: ['proxy'], https: ['proxy'], noProxy: [] } as const;

function namesOf(client: InstallClient, { form }: Place) {
  switch (form) {
    case 'daemon-json':
      return daemonJsonNames;
    case 'curlrc':
      return curlrcNames;
    case 'apt-conf':
      return aptNames;
    case 'yum-conf':
    case 'yum-repo':
      return yumNames;
    case 'environment':
    case 'docker-env':
      return client === 'curl' ? curlNames : goNames;
    default:
      return undefined;
  }
}

const aspects = ['http', 'https', 'noProxy'] as const;

function proxiesIn(
  client: InstallClient,
  found: readonly Found[],
  notes: Saying<NoteFacts>[],
): Omit<Reading, 'mirrors' | 'notes'> {
  const told: Partial<Record<(typeof aspects)[number], Told>> = {};
  const direct: string[] = [];
  for (const { place, setting, values } of found) {
    const names = namesOf(client, place);
    if (!names) continue;
    for (const aspect of aspects) {
      const set = names[aspect].filter((name) => bare(values.get(name)) !== undefined);
      const [key] = set;
      if (key === undefined) continue;
      const value = bare(values.get(key)) ?? '';
      const before = told[aspect];
      if (before && before.value !== value && before.source !== setting.source) {
        notes.push({
          code: 'overridden',
          detail: { client, source: before.source, by: setting.source },
        });
      }
      told[aspect] = { value, source: setting.source, setting, key };
    }
    if (place.form === 'environment' || place.form === 'docker-env') {
      caseNotes(client, setting.source, values, notes);
    }
    if (place.form === 'apt-conf') direct.push(...directHosts(values));
  }
  return { ...told, direct };
}

/** Both cases of a variable, or the one that this client does not know. */
function caseNotes(
  client: InstallClient,
  source: string,
  values: ReadonlyMap<string, string>,
  notes: Saying<NoteFacts>[],
): void {
  for (const aspect of aspects) {
    const upper = goNames[aspect][0];
    const lower = goNames[aspect][1];
    const [first, second] = client === 'curl' ? [lower, upper] : [upper, lower];
    const [used, other] = [bare(values.get(first)), bare(values.get(second))];
    if (client === 'curl' && aspect === 'http') {
      if (used === undefined && other !== undefined) {
        notes.push({ code: 'case-unread', detail: { client, source, name: upper, reads: lower } });
      }
      continue;
    }
    if (used === undefined || other === undefined || used === other) continue;
    notes.push({ code: 'case-conflict', detail: { client, source, used: first, ignored: second } });
  }
}

/** apt.conf(5): `Acquire::http::Proxy::HOST "DIRECT";`. */
const directHosts = (values: ReadonlyMap<string, string>): readonly string[] =>
  [...values].flatMap(([key, value]) => {
    const [, host] = /^Acquire::https?::Proxy::(.+)$/.exec(key) ?? [];
    return host !== undefined && bare(value) === 'DIRECT' ? [host.toLowerCase()] : [];
  });

/** Without quotes and semicolons around it; undefined where nothing is left. */
function bare(value: string | undefined): string | undefined {
  const text = value?.trim().replace(/^["']+|["';\s]+$/g, '');
  return text === undefined || text === '' ? undefined : text;
}
