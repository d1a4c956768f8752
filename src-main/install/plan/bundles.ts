import type { InstallScenario } from '../../model/design.ts';
import type { PlanFile } from './file.ts';
import { yamlString } from './quoting.ts';

type Artifact = NonNullable<InstallScenario['artifacts']>[number];

/** A file that a bundling program reads, and what of the artifacts it cannot carry. */
export interface BundlePlan {
  readonly file: PlanFile;
  readonly leftOut: readonly Artifact[];
}

/** `https://charts.example.com#name@1.2.3` or `oci://ghcr.io/acme/name:1.2.3`, as inventories write a chart. */
const chartParts =
  /^(?:(?<url>https?:\/\/[^#]+)#(?<name>[^@]+)|(?<oci>oci:\/\/.+\/(?<last>[^/:@]+)))[@:](?<version>[^/@:]+)$/;

interface Chart {
  readonly name: string;
  readonly url: string;
  readonly version: string;
}

function chartOf({ kind, reference }: Artifact): Chart | undefined {
  const groups = kind === 'chart' ? chartParts.exec(reference)?.groups : undefined;
  if (!groups) return undefined;
  const { url, name, oci, last, version = '' } = groups;
  const place = url ?? oci;
  const called = name ?? last;
  return place === undefined || called === undefined
    ? undefined
    : { name: called, url: place, version };
}

const isFile = ({ kind, reference }: Artifact): boolean =>
  kind === 'binary' && /^https?:\/\/[^/]+\/.+/.test(reference);
const fileName = (reference: string): string =>
  new URL(reference).pathname.split('/').findLast((part) => part !== '') ?? 'file';

function sorted(artifacts: readonly Artifact[]) {
  const images = artifacts.filter(({ kind }) => kind === 'image').map(({ reference }) => reference);
  const charts = artifacts.flatMap((artifact) => chartOf(artifact) ?? []);
  const files = artifacts.filter(isFile).map(({ reference }) => reference);
  const leftOut = artifacts.filter(
    (artifact) => artifact.kind !== 'image' && !chartOf(artifact) && !isFile(artifact),
  );
  return { images, charts, files, leftOut };
}

const section = (name: string, lines: readonly string[], indent: string): readonly string[] =>
  lines.length === 0 ? [] : [`${indent}${name}:`, ...lines.map((line) => `${indent}  ${line}`)];

/** https://docs.zarf.dev/ref/components/: a package of one component. */
export function zarfPackageFile(name: string, artifacts: readonly Artifact[]): BundlePlan {
  const { images, charts, files, leftOut } = sorted(artifacts);
  const content = [
    'kind: ZarfPackageConfig',
    'metadata:',
    `  name: ${yamlString(packageName(name))}`,
    'components:',
    '  - name: artifacts',
    '    required: true',
    ...section(
      'images',
      images.map((image) => `- ${yamlString(image)}`),
      '    ',
    ),
    ...section(
      'charts',
      charts.flatMap((chart) => [
        `- name: ${yamlString(chart.name)}`,
        `  url: ${yamlString(chart.url)}`,
        `  version: ${yamlString(chart.version)}`,
        '  namespace: default',
      ]),
      '    ',
    ),
    ...section(
      'files',
      files.flatMap((file) => [
        `- source: ${yamlString(file)}`,
        `  target: ${yamlString(`/opt/artifacts/${fileName(file)}`)}`,
      ]),
      '    ',
    ),
    '',
  ].join('\n');
  return {
    file: { path: 'zarf.yaml', content, commands: ['zarf package create . --confirm'] },
    leftOut,
  };
}

/** Zarf's names: small letters, digits and dashes. */
const packageName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'artifacts';

/** https://docs.hauler.dev/docs/guides-references/hauler-content/: one document a kind. */
export function haulerManifest(name: string, artifacts: readonly Artifact[]): BundlePlan {
  const { images, charts, files, leftOut } = sorted(artifacts);
  const documents = [
    document(
      'Images',
      name,
      'images',
      images.map((image) => `- name: ${yamlString(image)}`),
    ),
    document(
      'Charts',
      name,
      'charts',
      charts.flatMap((chart) => [
        `- name: ${yamlString(chart.name)}`,
        `  repoURL: ${yamlString(repositoryOf(chart))}`,
        `  version: ${yamlString(chart.version)}`,
      ]),
    ),
    document(
      'Files',
      name,
      'files',
      files.flatMap((file) => [
        `- path: ${yamlString(file)}`,
        `  name: ${yamlString(fileName(file))}`,
      ]),
    ),
  ].filter((text) => text !== '');
  return {
    file: {
      path: 'hauler-manifest.yaml',
      content: documents.join('---\n'),
      commands: [
        'hauler store sync --filename hauler-manifest.yaml',
        'hauler store save --filename haul.tar.zst',
      ],
    },
    leftOut,
  };
}

/** Hauler puts the name behind an OCI repository itself. */
const repositoryOf = ({ url, name }: Chart): string =>
  url.startsWith('oci://') && url.endsWith(`/${name}`) ? url.slice(0, -name.length - 1) : url;

function document(kind: string, name: string, key: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return [
    'apiVersion: content.hauler.cattle.io/v1',
    `kind: ${kind}`,
    'metadata:',
    `  name: ${yamlString(packageName(name))}`,
    'spec:',
    ...section(key, lines, '  '),
    '',
  ].join('\n');
}
