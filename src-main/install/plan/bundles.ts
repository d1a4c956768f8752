import { readImageReference } from '../../interop/inventory/image-reference.ts';
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

/** The reference without the scheme that tells programs where to look for it, where it is one. */
function imageOf({ kind, reference }: Artifact): string | undefined {
  const bare = reference.replace(/^(docker|oci):\/\//, '');
  return kind === 'image' && readImageReference(bare) ? bare : undefined;
}

function sorted(artifacts: readonly Artifact[]) {
  const files = artifacts.filter(isFile).map(({ reference }) => reference);
  const names = fileNames(files);
  return {
    images: artifacts.flatMap((artifact) => imageOf(artifact) ?? []),
    charts: artifacts.flatMap((artifact) => chartOf(artifact) ?? []),
    files: files.map((address, at) => ({ address, name: names[at] ?? '' })),
    leftOut: artifacts.filter(
      (artifact) =>
        imageOf(artifact) === undefined && chartOf(artifact) === undefined && !isFile(artifact),
    ),
  };
}

/**
 * A name of its own for each file: two of one name would replace each other. Hauler makes the name of a repository of
 * it, where case and `+` tell nothing apart (pkg/reference/reference.go, NewTagged).
 */
function fileNames(addresses: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return addresses.map((address) => {
    const last = new URL(address).pathname.split('/').findLast((part) => part !== '') ?? 'file';
    const name = last.replaceAll(/[^\w.+-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'file';
    return freeOf(name, taken, (number) => `${number}-${name}`);
  });
}

/** The name, or one with the lowest number that nothing has yet. */
function freeOf(name: string, taken: Set<string>, numbered: (number: number) => string): string {
  const meaning = (one: string) => one.toLowerCase().replaceAll('+', '-');
  let free = name;
  for (let number = 2; taken.has(meaning(free)); number += 1) free = numbered(number);
  taken.add(meaning(free));
  return free;
}

const section = (name: string, lines: readonly string[], indent: string): readonly string[] =>
  lines.length === 0 ? [] : [`${indent}${name}:`, ...lines.map((line) => `${indent}  ${line}`)];

/** https://docs.zarf.dev/ref/components/: a package of one component. */
export function zarfPackageFile(name: string, artifacts: readonly Artifact[]): BundlePlan {
  const { images, charts, files, leftOut } = sorted(artifacts);
  const names = releaseNames(charts);
  const content = [
    'apiVersion: zarf.dev/v1alpha1',
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
      charts.flatMap((chart, at) => [
        `- name: ${yamlString(names[at] ?? chart.name)}`,
        ...(names[at] === chart.name ? [] : [`  repoName: ${yamlString(chart.name)}`]),
        `  url: ${yamlString(chart.url)}`,
        `  version: ${yamlString(chart.version)}`,
        '  namespace: default',
      ]),
      '    ',
    ),
    ...section(
      'files',
      files.flatMap(({ address, name: called }) => [
        `- source: ${yamlString(address)}`,
        `  target: ${yamlString(`/opt/artifacts/${called}`)}`,
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

/** How long a chart's name may be: zarf-dev/zarf, src/pkg/lint/validate.go, ZarfMaxChartNameLength. */
const longestRelease = 40;

/**
 * What Zarf calls charts, and with it their releases: each once in a component, and as RFC 1035 has labels
 * (the same file, validateReleaseName). What the repository calls them stands beside it.
 */
function releaseNames(charts: readonly Chart[]): readonly string[] {
  const taken = new Set<string>();
  return charts.map(({ name }) => {
    const label = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+/, '');
    const within = (length: number) => label.slice(0, length).replace(/-+$/, '') || 'chart';
    return freeOf(
      within(longestRelease),
      taken,
      (number) => `${within(longestRelease - 1 - String(number).length)}-${number}`,
    );
  });
}

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
      files.flatMap(({ address, name: called }) => [
        `- path: ${yamlString(address)}`,
        `  name: ${yamlString(called)}`,
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
