import { issueSentence, type Path } from '../../model/issue.ts';
import { schemaIssues } from '../../model/validate.ts';
import { chartReference } from './chart-reference.ts';
import type { PlacedDocument } from './documents.ts';
import type { ArtifactKind, Findings } from './findings.ts';
import { addImage } from './image-reference.ts';
import { zarfPackage, type ZarfPackage } from './shapes.ts';

type Component = NonNullable<ZarfPackage['components']>[number];

/** What a Zarf package is made of. */
export function readZarf(document: PlacedDocument, findings: Findings): void {
  const { file, value, lineOf } = document;
  const parsed = zarfPackage.safeParse(value);
  if (!parsed.success) {
    for (const issue of schemaIssues(value, parsed.error)) {
      findings.fault(file, lineOf(issue.segments), issueSentence(issue));
    }
    return;
  }
  parsed.data.components?.forEach((component, at) =>
    new ComponentReader(document, component, ['components', at], findings).read(),
  );
}

class ComponentReader {
  readonly #document: PlacedDocument;
  readonly #component: Component;
  readonly #path: Path;
  readonly #findings: Findings;
  readonly #title: string;

  constructor(document: PlacedDocument, component: Component, path: Path, findings: Findings) {
    this.#document = document;
    this.#component = component;
    this.#path = path;
    this.#findings = findings;
    const isOptional = component.required !== true;
    this.#title = `component ${component.name ?? String(path.at(-1))}${isOptional ? ' (optional)' : ''}`;
  }

  read(): void {
    const { images, charts, manifests, files, repos, actions } = this.#component;
    const { import: source } = this.#component;
    images?.forEach((image, at) => {
      const line = this.#lineOf(['images', at]);
      if (isVariable(image))
        this.#left(line, image, 'a variable is put in when the package is made');
      else
        addImage(this.#findings, image, {
          file: this.#document.file,
          line,
          why: `image of ${this.#title}`,
        });
    });
    charts?.forEach((chart, at) => this.#chart(chart, ['charts', at]));
    manifests?.forEach(({ files: found = [], kustomizations = [] }, at) => {
      found.forEach((one, index) => this.#file(one, ['manifests', at, 'files', index], 'manifest'));
      kustomizations.forEach((one, index) =>
        this.#file(one, ['manifests', at, 'kustomizations', index], 'kustomization'),
      );
    });
    files?.forEach((one, at) => this.#file(one.source, ['files', at, 'source'], 'file'));
    repos?.forEach((repository, at) => {
      this.#add('binary', repository, ['repos', at], 'git repository');
    });
    if (source !== undefined) {
      const from = source.url ?? source.path ?? '';
      this.#left(
        this.#lineOf(['import']),
        from,
        'is another package, whose own zarf.yaml has to be read too',
      );
    }
    if (actions !== undefined) {
      this.#left(
        this.#lineOf(['actions']),
        'actions',
        'run commands: what these fetch is not known',
      );
    }
  }

  #chart(chart: NonNullable<Component['charts']>[number], path: Path): void {
    const { name, url, repoName, version, gitPath, localPath } = chart;
    if (url === undefined) {
      this.#left(
        this.#lineOf(path),
        localPath ?? name,
        'lies beside the file: it is part of the package',
      );
      return;
    }
    const line = this.#lineOf([...path, 'url']);
    const reference = gitPath === undefined ? chartReference(url, repoName ?? name, version) : url;
    this.#findings.add({ kind: 'chart', reference, ...this.#told(line, `chart ${name}`) });
    if ((this.#component.images ?? []).length > 0) return;
    this.#left(line, `chart ${name}`, 'its images are not listed by the component');
  }

  #file(source: string, path: Path, called: string): void {
    if (isAddress(source)) this.#add('binary', source, path, called);
    else if (called !== 'file') {
      this.#left(
        this.#lineOf(path),
        source,
        `a ${called} that lies beside the file: read it in too`,
      );
    }
  }

  #add(kind: ArtifactKind, reference: string, path: Path, called: string): void {
    const line = this.#lineOf(path);
    if (isVariable(reference))
      this.#left(line, reference, 'a variable is put in when the package is made');
    else this.#findings.add({ kind, reference, ...this.#told(line, called) });
  }

  #told(line: number, called: string) {
    return { file: this.#document.file, line, why: `${called} of ${this.#title}` };
  }

  #left(line: number, about: string, text: string): void {
    this.#findings.remark(this.#document.file, line, this.#title, `${about}: ${text}`);
  }

  #lineOf(path: Path): number {
    return this.#document.lineOf([...this.#path, ...path]);
  }
}

/** https://docs.zarf.dev/ref/values/: `###ZARF_PKG_TMPL_NAME###`. */
const isVariable = (text: string): boolean => text.includes('###');
const isAddress = (text: string): boolean => /^(https?|oci|git|ssh):\/\//.test(text);
