import type { InstallClient, Product } from '../catalogue/index.ts';
import type { Asking, Evaluation } from '../evaluation.ts';
import type { ToldMirror } from '../settings/mirrors.ts';
import { placesOf, type PlaceForm } from '../settings/places.ts';
import type { Reading, Setting, Told } from '../settings/read.ts';
import type { InstallStepReport } from '../vocabulary.ts';
import { containerdHosts } from './containerd.ts';
import { dockerDaemon, unitDropIn, type ProxiedUnit } from './docker.ts';
import {
  curlConfig,
  loginEnvironment,
  podEnvironment,
  shellProfile,
  sudoKeeps,
} from './environment.ts';
import type { PlanFile } from './file.ts';
import { helmRepositories } from './helm.ts';
import { icpDockerEnvironment } from './icp.ts';
import { planMirror, planProxy, type PlanMirror, type PlanProxy } from './inputs.ts';
import {
  noDefaultEndpoint,
  rancherEnvironment,
  registriesYaml,
  type RancherService,
} from './rke2.ts';
import { aptProxy, aptSources, yumProxy, yumRepository } from './system-packages.ts';
import { terraformConfig } from './terraform.ts';

/** What one file or environment tells some clients on some nodes. */
export interface Configuration {
  readonly source: string;
  readonly clients: readonly InstallClient[];
  readonly nodes: readonly string[];
  /** The first step that needs it, by its id. */
  readonly step: string;
  readonly proxy: boolean;
  readonly mirrors: boolean;
  readonly files: readonly PlanFile[];
}

/** What stands in one place for one client on one node. */
interface Standing {
  readonly source: string;
  readonly form: PlaceForm;
  readonly client: InstallClient;
  readonly node: string;
  readonly step: string;
  readonly proxy?: { readonly url: Told; readonly direct: readonly string[] };
  readonly mirrors: readonly ToldMirror[];
}

/** The files that tell the clients of an install what they were evaluated with, in the order in which they are needed. */
export function configurations(
  evaluation: Evaluation,
  steps: readonly InstallStepReport[],
): readonly Configuration[] {
  const standings = new Map<string, Standing>();
  for (const { id, needs } of steps) {
    for (const { client, cells } of needs) {
      for (const { node } of cells) {
        for (const one of standingsOf(evaluation, { client, node, step: id })) {
          const key = `${one.source}\n${one.client}\n${one.node}`;
          if (!standings.has(key)) standings.set(key, one);
        }
      }
    }
  }
  const isAirGapped = evaluation.question.mode === 'air-gapped';
  return joined(perFile([...standings.values()]).flatMap((one) => configured(one, isAirGapped)));
}

function standingsOf(evaluation: Evaluation, { client, node, step }: Asking): readonly Standing[] {
  const reading = evaluation.reading(client, node);
  const { product, boot } = evaluation.work;
  const found = new Map<string, Standing>();
  const at = (source: string, setting: Setting): Standing | undefined => {
    const form = formOf(client, product.id, source);
    // What the installer hands on stands on the boot node alone.
    const where = setting.client === client ? node : (boot ?? node);
    return form && (found.get(source) ?? { source, form, client, node: where, step, mirrors: [] });
  };
  const url = reading.https ?? reading.http;
  const standing = url && at(url.source, url.setting);
  if (standing) found.set(url.source, { ...standing, proxy: { url, direct: directOf(reading) } });
  for (const mirror of reading.mirrors) {
    const place = at(mirror.source, mirror.setting);
    if (place) found.set(mirror.source, { ...place, mirrors: [...place.mirrors, mirror] });
  }
  return [...found.values()];
}

const formOf = (client: InstallClient, product: Product['id'], source: string) =>
  placesOf(client, product).find(({ matches }) => matches.test(source))?.form;

const directOf = ({ noProxy, direct }: Reading): readonly string[] =>
  noProxy ? noProxy.value.split(/[\s,]+/) : direct;

/** What stands in one file of one node, for all of its readers. */
interface Content extends Omit<Standing, 'client' | 'proxy'> {
  readonly clients: readonly InstallClient[];
  readonly proxy?: { readonly url: string; readonly direct: readonly string[] };
}

/** Readers of one file find the same in it: of two that are told of one proxy, NO_PROXY holds what either needs. */
function perFile(standings: readonly Standing[]): readonly Content[] {
  const contents = new Map<string, Content>();
  for (const { client, proxy, mirrors, ...place } of standings) {
    const url = proxy?.url.value;
    const key = (of: string | undefined) => `${place.source}\n${place.node}\n${of ?? ''}`;
    // One that is told of mirrors alone, or of the same proxy.
    const known = [key(url), key(undefined)].find((one) => contents.has(one));
    const before = known === undefined ? undefined : contents.get(known);
    if (known !== undefined) contents.delete(known);
    const told = url === undefined ? before?.proxy : { url, direct: proxy?.direct ?? [] };
    const direct = [...new Set([...(before?.proxy?.direct ?? []), ...(told?.direct ?? [])])];
    contents.set(key(told?.url), {
      ...place,
      step: before?.step ?? place.step,
      clients: [...new Set([...(before?.clients ?? []), client])],
      ...(told ? { proxy: { url: told.url, direct } } : {}),
      mirrors: distinct([...(before?.mirrors ?? []), ...mirrors]),
    });
  }
  return [...contents.values()];
}

const distinct = (mirrors: readonly ToldMirror[]): readonly ToldMirror[] => [
  ...new Map(
    mirrors.map((one) => [`${one.kind} ${one.registry ?? ''} ${one.endpoint}`, one]),
  ).values(),
];

function configured(content: Content, isAirGapped: boolean): readonly Configuration[] {
  const { source, clients, node, step, mirrors, proxy: told } = content;
  const proxy = told && planProxy(told.url, told.direct);
  const files = filesOf(content, proxy, isAirGapped);
  if (files.length === 0) return [];
  return [
    {
      source,
      clients,
      nodes: [node],
      step,
      proxy: proxy !== undefined,
      mirrors: mirrors.length > 0,
      files,
    },
  ];
}

/** One for all nodes that have the same files. */
function joined(all: readonly Configuration[]): readonly Configuration[] {
  const byFiles = new Map<string, Configuration>();
  for (const one of all) {
    const key = JSON.stringify(one.files);
    const before = byFiles.get(key);
    byFiles.set(key, {
      ...(before ?? one),
      clients: [...new Set([...(before?.clients ?? []), ...one.clients])],
      nodes: [...new Set([...(before?.nodes ?? []), ...one.nodes])],
    });
  }
  return [...byFiles.values()];
}

function filesOf(
  { form, source, mirrors }: Content,
  proxy: PlanProxy | undefined,
  isAirGapped: boolean,
): readonly PlanFile[] {
  const registries = mirrors.flatMap(({ registry, endpoint }): readonly PlanMirror[] => {
    const mirror = registry === undefined ? undefined : planMirror(registry, endpoint);
    return mirror ? [mirror] : [];
  });
  const here = (file: PlanFile): PlanFile => (isFile(source) ? { ...file, path: source } : file);
  switch (form) {
    case 'environment':
      return proxy ? environmentFiles(source, proxy) : [];
    case 'daemon-json':
      return [dockerDaemon({ ...(proxy ? { proxy } : {}), mirrors: registries })];
    case 'docker-env':
      return proxy ? [here(icpDockerEnvironment(proxy))] : [];
    case 'curlrc':
      return proxy ? [here(curlConfig(proxy))] : [];
    case 'apt-conf':
      return proxy ? [here(aptProxy(proxy))] : [];
    case 'yum-conf':
      return proxy ? [here(yumProxy(source.includes('dnf') ? 'dnf' : 'yum', proxy))] : [];
    case 'registries-yaml': {
      const service: RancherService = source.includes('/k3s/') ? 'k3s' : 'rke2-server';
      const own = registriesYaml(service, registries);
      return isAirGapped ? [own, noDefaultEndpoint(service)] : [own];
    }
    case 'hosts-toml':
      return containerdHosts(registries, { isAirGapped });
    case 'terraform-rc':
      return mirrors.flatMap(({ endpoint }) => {
        const mirror = { kind: 'network', url: endpoint } as const;
        const path = source.replace(/^~\//, '/root/');
        return terraformConfig(mirror, { isAirGapped, path }) ?? [];
      });
    case 'apt-sources':
      return [aptSources(source, linesOf(mirrors))];
    case 'yum-repo':
      return [
        yumRepository(
          source,
          mirrors.map(({ endpoint }) => endpoint),
        ),
      ];
    case 'helm-repositories':
      return [
        helmRepositories(
          source,
          mirrors.map(({ endpoint }) => endpoint),
        ),
      ];
    default:
      return form satisfies never;
  }
}

/** Whether a source names a file, and not an environment in words. */
const isFile = (source: string): boolean => /^[~/][^\s*]*$/.test(source);

/** The values as they stand in the scenario: there each is a line of sources.list(5). */
const linesOf = (mirrors: readonly ToldMirror[]): readonly string[] => [
  ...new Set(mirrors.map(({ setting, key }) => setting.values[key] ?? '')),
];

function environmentFiles(source: string, proxy: PlanProxy): readonly PlanFile[] {
  const unit = /\/(docker|containerd|kubelet)\.service\.d\//.exec(source)?.[1];
  if (unit !== undefined) return [{ ...unitDropIn(unit as ProxiedUnit, proxy), path: source }];
  const service = /\b(rke2-server|rke2-agent)\b/.exec(source)?.[1];
  if (service !== undefined) {
    return [{ ...rancherEnvironment(service as RancherService, proxy), path: source }];
  }
  if (source === '/etc/environment') return [loginEnvironment(proxy)];
  if (/\bpod\b|manifests|deployment|daemonset|statefulset|configmap/i.test(source)) {
    return [podEnvironment(proxy, source)];
  }
  const profile = shellProfile(proxy);
  if (source.includes('sudo')) return [profile, sudoKeeps()];
  if (!isFile(source)) return [profile];
  return [{ ...profile, path: source, isPart: true, commands: [`. ${source}`] }];
}
