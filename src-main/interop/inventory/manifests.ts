import type { Path } from '../../model/issue.ts';
import { isRecord } from '../kubernetes/manifests.ts';
import { chartReference } from './chart-reference.ts';
import type { PlacedDocument } from './documents.ts';
import type { Findings } from './findings.ts';
import { addImage, imagesInside, readImageReference } from './image-reference.ts';
import { containerLists, podSpecOf, type PodSpec } from './pod-specs.ts';

/** An object inside a document, which may be one of a list. */
interface Placed {
  readonly document: PlacedDocument;
  readonly path: Path;
  readonly value: Readonly<Record<string, unknown>>;
  readonly kind: string;
  /** `Deployment shop/web` */
  readonly title: string;
}

/** Everything that the pods of Kubernetes objects run, and what of the rest may be an image. */
export function readObjects(document: PlacedDocument, findings: Findings): void {
  take(document, document.value, [], findings);
}

function take(document: PlacedDocument, value: unknown, path: Path, findings: Findings): void {
  const { file, lineOf } = document;
  if (value === null) return;
  if (!isRecord(value) || typeof value['kind'] !== 'string') {
    findings.remark(file, lineOf(path), 'the document', 'has no kind: it is no Kubernetes object');
    return;
  }
  const { kind, items } = value;
  if (kind.endsWith('List') && Array.isArray(items)) {
    items.forEach((item: unknown, at) => {
      const isTyped = kind !== 'List' && isRecord(item) && item['kind'] === undefined;
      const whole = isTyped ? { ...item, kind: kind.replace(/List$/, '') } : item;
      take(document, whole, [...path, 'items', at], findings);
    });
    return;
  }
  readObject({ document, path, value, kind, title: titleOf(kind, value) }, findings);
}

function titleOf(kind: string, { metadata }: Readonly<Record<string, unknown>>): string {
  const { name, generateName, namespace } = isRecord(metadata) ? metadata : {};
  const known = [name, generateName].find((one) => typeof one === 'string') ?? '';
  return typeof namespace === 'string' ? `${kind} ${namespace}/${known}` : `${kind} ${known}`;
}

function readObject(object: Placed, findings: Findings): void {
  const { kind, value, document, path, title } = object;
  const pod = podSpecOf(kind, value);
  if (hooksOf(value).some((hook) => hook === 'test' || hook === 'test-success')) {
    if (!pod) return;
    const line = document.lineOf(path);
    findings.remark(document.file, line, title, 'runs for `helm test` alone: not taken');
    return;
  }
  if (pod) readPod(object, pod, findings);
  else if (kind.endsWith('WebhookConfiguration')) readWebhooks(object, findings);
  else if (kind === 'ConfigMap' || kind === 'Secret') readData(object, findings);
  else if (!readReleases(object, findings) && kind !== 'CustomResourceDefinition')
    readUnknown(object, value, [], findings);
}

/** https://helm.sh/docs/topics/charts_hooks/: `pre-install,pre-upgrade`. */
function hooksOf({ metadata }: Readonly<Record<string, unknown>>): readonly string[] {
  const annotations = isRecord(metadata) ? metadata['annotations'] : undefined;
  const hooks = isRecord(annotations) ? annotations['helm.sh/hook'] : undefined;
  return typeof hooks === 'string' ? hooks.split(',').map((hook) => hook.trim()) : [];
}

function readPod(object: Placed, { path: inside, spec }: PodSpec, findings: Findings): void {
  const { document, path, title, value } = object;
  const hooks = hooksOf(value);
  const owner = hooks.length > 0 ? `${title}, hook ${hooks.join(', ')}` : title;
  for (const [list, called] of containerLists) {
    const containers = spec[list];
    if (!Array.isArray(containers)) continue;
    containers.forEach((container: unknown, at) => {
      if (!isRecord(container)) return;
      const place = [...path, ...inside, list, at];
      const name = typeof container['name'] === 'string' ? ` ${container['name']}` : '';
      const why = `${called}${name} of ${owner}`;
      const { image } = container;
      const line = document.lineOf([...place, 'image']);
      if (typeof image === 'string') addImage(findings, image, { file: document.file, line, why });
      else findings.remark(document.file, line, why, 'names no image');
      readArguments(object, container, place, why, findings);
    });
  }
  readVolumes(object, { path: inside, spec }, owner, findings);
}

/** Programs that start others are told their images by arguments and variables. */
function readArguments(
  { document }: Placed,
  container: Readonly<Record<string, unknown>>,
  place: Path,
  why: string,
  findings: Findings,
): void {
  const suspect = (text: string, at: Path) => {
    for (const image of imagesInside(text)) mayBe(findings, document, at, why, image);
  };
  for (const key of ['command', 'args'] as const) {
    const list = container[key];
    if (!Array.isArray(list)) continue;
    list.forEach((text: unknown, at) => {
      if (typeof text === 'string') suspect(text, [...place, key, at]);
    });
  }
  const { env } = container;
  if (!Array.isArray(env)) return;
  env.forEach((variable: unknown, at) => {
    if (!isRecord(variable) || typeof variable['value'] !== 'string') return;
    const { name, value } = variable;
    const found = [...place, 'env', at, 'value'];
    const isCalledImage = typeof name === 'string' && /image/i.test(name);
    const reference = isCalledImage ? readImageReference(value) : undefined;
    if (reference?.tag ?? reference?.digest) mayBe(findings, document, found, why, value);
    else suspect(value, found);
  });
}

/** https://kubernetes.io/docs/concepts/storage/volumes/#image */
function readVolumes(
  { document, path }: Placed,
  { path: inside, spec }: PodSpec,
  owner: string,
  findings: Findings,
): void {
  const { volumes } = spec;
  if (!Array.isArray(volumes)) return;
  volumes.forEach((volume: unknown, at) => {
    if (!isRecord(volume) || !isRecord(volume['image'])) return;
    const { reference } = volume['image'];
    if (typeof reference !== 'string') return;
    const line = document.lineOf([...path, ...inside, 'volumes', at, 'image', 'reference']);
    addImage(findings, reference, { file: document.file, line, why: `volume of ${owner}` });
  });
}

/** The API server calls webhooks by itself: nothing is fetched, but a proxy must not come between. */
function readWebhooks({ document, path, value, title }: Placed, findings: Findings): void {
  const { webhooks } = value;
  if (!Array.isArray(webhooks)) return;
  webhooks.forEach((webhook: unknown, at) => {
    const config = isRecord(webhook) ? webhook['clientConfig'] : undefined;
    if (!isRecord(config)) return;
    const line = document.lineOf([...path, 'webhooks', at, 'clientConfig']);
    const { service, url } = config;
    if (typeof url === 'string') {
      findings.remark(document.file, line, title, `webhook: the API server calls ${url}`);
    } else if (isRecord(service)) {
      const { name, namespace, port = 443 } = service;
      const target = `${String(name)}.${String(namespace)}.svc:${String(port)}`;
      findings.remark(
        document.file,
        line,
        title,
        `webhook: the API server calls ${target}, which must not go through a proxy`,
      );
    }
  });
}

/** Templates of pods stand in data as well: of what adds sidecars, of operators. */
function readData({ document, path, value, title }: Placed, findings: Findings): void {
  const { data } = value;
  if (!isRecord(data)) return;
  for (const [key, text] of Object.entries(data)) {
    if (typeof text !== 'string') continue;
    for (const image of imagesInside(text)) {
      mayBe(findings, document, [...path, 'data', key], title, image);
    }
  }
}

/** Objects that have something else installed; whether it is one of them. */
function readReleases({ document, path, kind, value, title }: Placed, findings: Findings): boolean {
  const { apiVersion } = value;
  const group = typeof apiVersion === 'string' ? apiVersion.replace(/\/.*$/, '') : '';
  const line = document.lineOf(path);
  const remark = (text: string) => findings.remark(document.file, line, title, text);
  switch (`${kind} ${group}`) {
    case 'Kustomization kustomize.config.k8s.io':
      remark('is not rendered: read in what `kustomize build` writes');
      return true;
    case 'HelmRelease helm.toolkit.fluxcd.io':
      remark('installs a chart: read in what `helm template` writes of it');
      return true;
    case 'HelmChart helm.cattle.io':
    case 'Application argoproj.io': {
      const chart = releasedChart(value['spec']);
      if (chart === undefined) {
        remark('installs what this file does not name: read that in too');
        return true;
      }
      findings.add({ kind: 'chart', reference: chart, file: document.file, line, why: title });
      remark('the images of its chart are not listed by it');
      return true;
    }
    default:
      return false;
  }
}

/** https://docs.rke2.io/helm and https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
function releasedChart(spec: unknown): string | undefined {
  if (!isRecord(spec)) return undefined;
  const source = isRecord(spec['source']) ? spec['source'] : spec;
  const { chart, repo, repoURL, version, targetRevision } = source;
  if (typeof chart !== 'string') return undefined;
  const exact = [version, targetRevision].find((one) => typeof one === 'string');
  if (/^(oci|https?):\/\//.test(chart)) return chart;
  const place = [repo, repoURL].find((one) => typeof one === 'string');
  if (place === undefined) return undefined;
  return chartReference(place, chart, exact);
}

/** How deep a custom resource is looked into for what is called `image`. */
const depthLimit = 32;

function readUnknown(object: Placed, value: unknown, at: Path, findings: Findings): void {
  if (at.length > depthLimit) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => readUnknown(object, item, [...at, index], findings));
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'string') readUnknown(object, item, [...at, key], findings);
    else if (/^image$/i.test(key) && readImageReference(item)) {
      mayBe(findings, object.document, [...object.path, ...at, key], object.title, item);
    }
  }
}

function mayBe(
  findings: Findings,
  { file, lineOf }: PlacedDocument,
  path: Path,
  about: string,
  image: string,
): void {
  findings.remark(file, lineOf(path), about, `${image} may be an image: not taken`);
}
