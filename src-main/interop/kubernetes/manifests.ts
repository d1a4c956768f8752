import { isMap, LineCounter, parseAllDocuments, type Document } from 'yaml';
import { limits } from '../../model/limits.ts';
import { formatPath, showValue, type Path } from '../../model/issue.ts';

/** A file as it was read: its name as people know it, and its text. */
export interface ManifestFile {
  readonly name: string;
  readonly text: string;
}

/** A place in a file. Lines from 1. */
export interface ManifestPlace {
  readonly file: string;
  readonly line: number;
}

/** What is wrong with a manifest. The sentence tells place in the object, value and expectation. */
export interface ManifestIssue extends ManifestPlace {
  readonly text: string;
}

/** What of a manifest does not become part of the design, and why. */
export interface Remark extends ManifestPlace {
  /** `Service default/web`, or what else the place holds. */
  readonly about: string;
  readonly text: string;
}

/** One Kubernetes object. */
export interface Manifest extends ManifestPlace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** The line that a place inside the object is on. */
  readonly lineOf: (path: Path) => number;
}

export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  readonly issues: readonly ManifestIssue[];
  readonly remarks: readonly Remark[];
}

const defaultNamespace = 'default';
/** Kinds that no namespace holds; theirs is the empty one. */
const clusterKinds = new Set([
  'Namespace',
  'Node',
  'IPPool',
  'GlobalNetworkPolicy',
  'HostEndpoint',
  'IngressClass',
]);

export const titleOf = ({ kind, namespace, name }: Manifest): string =>
  namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;

/** All objects of YAML and JSON texts: documents one after another, and lists taken apart. */
export function readManifests(files: readonly ManifestFile[]): ReadManifests {
  const manifests: Manifest[] = [];
  const issues: ManifestIssue[] = [];
  const remarks: Remark[] = [];
  for (const file of files) readFile(file, manifests, issues, remarks);
  return { manifests: withoutDuplicates(manifests, issues), issues, remarks };
}

function readFile(
  { name: file, text }: ManifestFile,
  manifests: Manifest[],
  issues: ManifestIssue[],
  remarks: Remark[],
): void {
  if (text.length > limits.yamlFileBytes) {
    issues.push({
      file,
      line: 1,
      text: `expected at most ${limits.yamlFileBytes} characters in one file`,
    });
    return;
  }
  const template = /\{\{.*\}\}/m.exec(text);
  if (template) {
    const line = text.slice(0, template.index).split('\n').length;
    const shown = showValue(template[0]);
    issues.push({
      file,
      line,
      text: `${shown} is a template: expected rendered manifests, as \`helm template\` writes them`,
    });
    return;
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text.replace(/^\ufeff/, ''), {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    uniqueKeys: true,
  });
  if (!Array.isArray(documents)) return;
  for (const document of documents) {
    const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
    const [error] = document.errors;
    if (error) {
      issues.push({
        file,
        line: lineAt(error.pos[0]),
        text: `not YAML: ${error.message.slice(0, 200)}`,
      });
      continue;
    }
    if (document.contents === null) continue;
    readDocument(file, document, lineAt, manifests, issues, remarks);
  }
}

function readDocument(
  file: string,
  document: Document.Parsed,
  lineAt: (offset: number) => number,
  manifests: Manifest[],
  issues: ManifestIssue[],
  remarks: Remark[],
): void {
  const lineOf = (path: Path) => lineAt(offsetAt(document, path));
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    issues.push({ file, line: lineOf([]), text: `not usable YAML: ${reason.slice(0, 200)}` });
    return;
  }
  take(value, []);

  function take(object: unknown, path: Path): void {
    const line = lineOf(path);
    if (!isRecord(object)) {
      remarks.push({
        file,
        line,
        about: showValue(object),
        text: 'is no Kubernetes object: expected a map',
      });
      return;
    }
    const { kind, apiVersion, items } = object;
    if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
      const about = path.length === 0 ? 'the document' : formatPath(path);
      remarks.push({
        file,
        line,
        about,
        text: 'has no kind and apiVersion: it is no Kubernetes object',
      });
      return;
    }
    if (kind.endsWith('List') && Array.isArray(items)) {
      items.forEach((item, at) => take(itemOf(item, kind, apiVersion), [...path, 'items', at]));
      return;
    }
    const meta = isRecord(object['metadata']) ? object['metadata'] : {};
    const given = meta['name'];
    const generated = meta['generateName'];
    const name =
      typeof given === 'string'
        ? given
        : typeof generated === 'string'
          ? `${generated}0`
          : undefined;
    if (name === undefined || name === '') {
      issues.push({ file, line, text: `${kind}: metadata.name is missing: expected a name` });
      return;
    }
    const namespace = meta['namespace'];
    manifests.push({
      file,
      line,
      apiVersion,
      kind,
      namespace: clusterKinds.has(kind)
        ? ''
        : typeof namespace === 'string'
          ? namespace
          : defaultNamespace,
      name,
      value: object,
      lineOf: (inside) => lineOf([...path, ...inside]),
    });
  }
}

/** The items of a typed list (`PodList`) need not say what they are. */
const itemOf = (item: unknown, kind: string, apiVersion: string): unknown =>
  isRecord(item) && item['kind'] === undefined && kind !== 'List'
    ? { apiVersion, ...item, kind: kind.replace(/List$/, '') }
    : item;

/** The offset of the deepest part of the path that is there. */
export function offsetAt(document: Document.Parsed, path: Path): number {
  let offset = document.contents?.range[0] ?? 0;
  for (let depth = 1; depth <= path.length; depth += 1) {
    const part = path.slice(0, depth);
    const around: unknown =
      depth === 1 ? document.contents : document.getIn(part.slice(0, -1), true);
    const key = part.at(-1);
    const pair = isMap(around)
      ? around.items.find((one) => String((one.key as { value?: unknown } | null)?.value) === key)
      : undefined;
    const found: unknown = pair ? pair.key : document.getIn(part, true);
    const range = (found as { range?: readonly number[] } | undefined)?.range;
    if (!range) return offset;
    offset = range[0] ?? offset;
  }
  return offset;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same object twice is a slip: which of them holds? */
function withoutDuplicates(
  manifests: readonly Manifest[],
  issues: ManifestIssue[],
): readonly Manifest[] {
  const first = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const key = titleOf(manifest);
    const before = first.get(key);
    if (!before) first.set(key, manifest);
    else {
      const { file, line } = manifest;
      issues.push({ file, line, text: `${key} is there already: ${before.file}:${before.line}` });
    }
  }
  return [...first.values()];
}
