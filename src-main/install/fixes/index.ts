import type { Design, InstallScenario } from '../../model/design.ts';
import type { Edit } from '../../model/edits.ts';
import { editDesign } from '../../model/edits.ts';
import type { Saying } from '../../sim/vocabulary/saying.ts';
import { mirrorsOfKind } from '../air-gapped.ts';
import type { Gathered } from '../causes.ts';
import { Evaluation } from '../evaluation.ts';
import { mirrorPlace, placesOf } from '../settings/places.ts';
import type { Setting } from '../settings/read.ts';
import { addressesOfNode } from '../surroundings.ts';
import type { FixFacts, InstallFix } from '../vocabulary.ts';
import { fixText } from '../words/index.ts';
import { workOf } from '../work.ts';
import { networkFix } from './network.ts';

/** What removes a cause: as small as it can be, and tried. Undefined where nothing was found. */
export function fixFor(evaluation: Evaluation, cause: Gathered): InstallFix | undefined {
  const { saying, at } = cause;
  const { scenario, design } = evaluation.question;
  switch (saying.code) {
    case 'blocked':
      return byProxy(evaluation, cause) ?? networkFix(evaluation, cause);
    case 'inside-by-proxy': {
      const { client, source, token } = saying.detail;
      const isNoProxy = at !== undefined && /no.?proxy$/i.test(at.key);
      const changed = at && withToken(scenario, at.setting, isNoProxy ? at.key : undefined, token);
      return proven(evaluation, cause, 'no-proxy-add', { client, source, token }, changed);
    }
    case 'proxy-scheme': {
      const { client, source, proxy } = saying.detail;
      const value = `http://${proxy}`;
      const changed = at && withValue(scenario, at.setting, at.key, value);
      return proven(evaluation, cause, 'proxy-scheme-set', { client, source, value }, changed);
    }
    case 'proxy-malformed': {
      const { client, source } = saying.detail;
      const value = proxiesOf(design)[0];
      if (value === undefined) return undefined;
      const changed = at && withValue(scenario, at.setting, at.key, value);
      return proven(evaluation, cause, 'proxy-scheme-set', { client, source, value }, changed);
    }
    case 'not-carried':
      return carryFix(evaluation, cause, saying.detail);
    case 'mirror-lacks': {
      const { mirror, references } = saying.detail;
      const edits = holding(design, mirror, references);
      return tried(evaluation, cause, 'mirror-hold', { mirror, references }, edits);
    }
    case 'mirror-without-scheme':
    case 'mirror-scheme':
    case 'mirror-needs-https': {
      const { endpoint, source } = saying.detail;
      const client = saying.code === 'mirror-needs-https' ? 'terraform' : saying.detail.client;
      const scheme = saying.code === 'mirror-scheme' ? saying.detail.serves : 'https';
      const better = `${scheme}://${endpoint.replace(/^[a-z]+:\/\//i, '')}`;
      const changed =
        at &&
        withValue(
          scenario,
          at.setting,
          at.key,
          at.setting.values[at.key]?.replace(endpoint, better) ?? '',
        );
      const facts = { client, source, endpoint: better };
      return proven(evaluation, cause, 'mirror-endpoint-set', facts, changed);
    }
    case 'in-cluster-range': {
      const { cluster, range, of } = saying.detail;
      return told('range-change', { cluster, range, of }, false, []);
    }
    case 'nobody-known': {
      const { references } = saying.detail;
      const changed = { ...scenario, bundle: [...(scenario.bundle ?? []), ...references] };
      return proven(evaluation, cause, 'bundle-add', { references }, changed);
    }
    case 'nobody-there':
      return undefined;
    default:
      return saying satisfies never;
  }
}

/** In proxy mode a client that was told of no proxy is told of the one that is there. */
function byProxy(evaluation: Evaluation, cause: Gathered): InstallFix | undefined {
  const { saying } = cause;
  const { scenario, mode, design } = evaluation.question;
  if (saying.code !== 'blocked' || saying.detail.proxy !== undefined || mode !== 'proxy') {
    return undefined;
  }
  const { client, host } = saying.detail;
  const source = evaluation.placeFor(client);
  if (source === undefined || evaluation.surroundings.isInside(host)) return undefined;
  const misplaced = unreadSetting(evaluation, client);
  if (misplaced) {
    const settings = (scenario.settings ?? []).map((one) =>
      one === misplaced ? { ...one, source } : one,
    );
    const value = Object.values(misplaced.values).find((text) => /:\d+\/?$/.test(text)) ?? '';
    const facts = { client, source, value };
    const fix = proven(evaluation, cause, 'proxy-tell', facts, { ...scenario, settings });
    if (fix.proven) return fix;
  }
  for (const value of proxiesOf(design)) {
    const values = proxyValues(client, value, insideTokens(evaluation));
    const settings = [...(scenario.settings ?? []), { client, source, values }];
    const facts = { client, source, value };
    const fix = proven(evaluation, cause, 'proxy-tell', facts, { ...scenario, settings });
    if (fix.proven) return fix;
  }
  return undefined;
}

/** What the client was told where it does not look. */
function unreadSetting(evaluation: Evaluation, client: Setting['client']): Setting | undefined {
  const places = placesOf(client, evaluation.work.product.id);
  return evaluation.question.scenario.settings?.find(
    (one) => one.client === client && !places.some(({ matches }) => matches.test(one.source)),
  );
}

/** What NO_PROXY has to hold: the networks of nodes, pods and services, names of the cluster, its registry, itself. */
function insideTokens({ work, question: { design }, surroundings }: Evaluation): string {
  const { cluster, steps } = work;
  const members = new Set(cluster?.nodes.map(({ node }) => node));
  const networks = (design.nodes ?? [])
    .filter(({ id }) => members.has(id))
    .flatMap((node) => addressesOfNode(node).flatMap((one) => surroundings.networkOf(one) ?? []));
  const hosts = steps
    .flatMap(({ wants }) => wants)
    .flatMap(({ call }) => (call && surroundings.isInside(call.host) ? [call.host] : []));
  const ranges = [...(cluster?.podCidrs ?? []), ...(cluster?.serviceCidrs ?? [])];
  const tokens = [...networks, ...ranges, '.svc', '.cluster.local', ...hosts, '127.0.0.0/8'];
  return [...new Set(tokens)].join();
}

function proxyValues(client: Setting['client'], value: string, noProxy: string): Setting['values'] {
  switch (client) {
    case 'apt':
      return { 'Acquire::http::Proxy': value, 'Acquire::https::Proxy': value };
    case 'yum':
      return { proxy: value };
    case 'curl':
      return { http_proxy: value, https_proxy: value, no_proxy: noProxy };
    default:
      return { HTTP_PROXY: value, HTTPS_PROXY: value, NO_PROXY: noProxy };
  }
}

/** Proxies of the design, as clients are told of them. */
const proxiesOf = ({ nodes = [] }: Design): readonly string[] =>
  nodes.flatMap((node) => {
    if (!('httpProxy' in node)) return [];
    const [address] = node.interfaces?.[0]?.addresses ?? [];
    return address === undefined
      ? []
      : [`http://${address.replace(/\/\d+$/, '')}:${node.httpProxy.port}`];
  });

type NotCarried = Extract<Gathered['saying'], { code: 'not-carried' }>['detail'];

/** Packages come from a mirror, or else from the bundle, as everything else does. */
function carryFix(
  evaluation: Evaluation,
  cause: Gathered,
  { kind, client, references }: NotCarried,
): InstallFix {
  const { scenario, design } = evaluation.question;
  if (kind !== 'package') {
    const changed = { ...scenario, bundle: [...(scenario.bundle ?? []), ...references] };
    return proven(evaluation, cause, 'bundle-add', { references }, changed);
  }
  const source = mirrorPlace(client, evaluation.work.product.id);
  for (const { node, mirror } of mirrorsOfKind(design.nodes ?? [], kind)) {
    const [address] = node.interfaces?.[0]?.addresses ?? [];
    if (source === undefined || address === undefined) continue;
    const endpoint = `${mirror.scheme}://${address.replace(/\/\d+$/, '')}:${mirror.port}/`;
    const values: Setting['values'] =
      client === 'yum' ? { baseurl: endpoint } : { deb: `deb ${endpoint} stable main` };
    const settings = [...(scenario.settings ?? []), { client, source, values }];
    const facts = { kind, client, mirror: node.id, source };
    const fix = proven(evaluation, cause, 'mirror-tell', facts, { ...scenario, settings });
    if (fix.proven) return fix;
  }
  return told('mirror-needed', { kind, references }, false, []);
}

function holding(design: Design, mirror: string, references: readonly string[]): readonly Edit[] {
  const node = design.nodes?.find(({ id }) => id === mirror);
  if (!node || !('artifactMirror' in node)) return [];
  const artifacts = [...(node.artifactMirror.artifacts ?? []), ...references];
  return [
    {
      kind: 'put',
      entity: 'node',
      value: { ...node, artifactMirror: { ...node.artifactMirror, artifacts } },
    },
  ];
}

/** `key`: where NO_PROXY is; absent where the setting has none yet. */
function withToken(
  scenario: InstallScenario,
  setting: Setting,
  key: string | undefined,
  token: string,
): InstallScenario | undefined {
  if (key === undefined) {
    const name =
      setting.client === 'curl' && 'https_proxy' in setting.values ? 'no_proxy' : 'NO_PROXY';
    const isJson = setting.source.endsWith('.json');
    return withValue(scenario, setting, isJson ? 'no-proxy' : name, token);
  }
  const before = setting.values[key];
  if (before === undefined) return undefined;
  return withValue(scenario, setting, key, before === '' ? token : `${before},${token}`);
}

function withValue(
  scenario: InstallScenario,
  setting: Setting,
  key: string,
  value: string,
): InstallScenario | undefined {
  const at = scenario.settings?.indexOf(setting) ?? -1;
  if (at < 0 || !scenario.settings) return undefined;
  const changed = { ...setting, values: { ...setting.values, [key]: value } };
  return { ...scenario, settings: scenario.settings.with(at, changed) };
}

/** A change of the scenario. */
function proven<Code extends keyof FixFacts>(
  evaluation: Evaluation,
  cause: Gathered,
  code: Code,
  detail: FixFacts[Code],
  changed: InstallScenario | undefined,
): InstallFix {
  const edits: readonly Edit[] = changed
    ? [{ kind: 'put', entity: 'install-scenario', value: changed }]
    : [];
  return tried(evaluation, cause, code, detail, edits);
}

/** Tries a change that packets do not see: the cause has to be gone, and no other to have come in its place. */
function tried<Code extends keyof FixFacts>(
  evaluation: Evaluation,
  cause: Gathered,
  code: Code,
  detail: FixFacts[Code],
  edits: readonly Edit[],
): InstallFix {
  const helps = edits.length > 0 && isGone(evaluation, cause, edits);
  return told(code, detail, helps, edits);
}

function isGone(evaluation: Evaluation, cause: Gathered, edits: readonly Edit[]): boolean {
  const { question } = evaluation;
  const design = editDesign(question.design, edits);
  const scenario = design.installScenarios?.find(({ id }) => id === question.scenario.id);
  const work = scenario && workOf(design, scenario, question.mode, question.catalogue);
  if (!scenario || !work || typeof work === 'string') return false;
  const again = new Evaluation(
    { ...question, design, scenario },
    work,
    evaluation.connections.for(design),
  );
  again.steps();
  const before = new Set(evaluation.gathered().map(({ key }) => key));
  return again.gathered().every(({ key }) => key !== cause.key && before.has(key));
}

function told<Code extends keyof FixFacts>(
  code: Code,
  detail: FixFacts[Code],
  isProven: boolean,
  edits: readonly Edit[],
): InstallFix {
  // A code and its facts belong together by the signature.
  const saying = { code, detail } as Saying<FixFacts>;
  return { ...saying, text: fixText(saying), proven: isProven, edits };
}
