import { imageRegistry, type ArtifactKind } from './catalogue/index.ts';

/** What is carried along, by the names that mean the same thing. */
export class Bundle {
  readonly #references: readonly string[];
  readonly #names = new Map<ArtifactKind, ReadonlySet<string>>();

  constructor(references: readonly string[]) {
    this.#references = references;
  }

  has(kind: ArtifactKind, reference: string): boolean {
    let names = this.#names.get(kind);
    if (!names) {
      names = new Set(this.#references.map((one) => meaningOf(kind, one)));
      this.#names.set(kind, names);
    }
    return names.has(meaningOf(kind, reference));
  }
}

/** Whether two references mean the same thing. */
export const sameReference = (kind: ArtifactKind, a: string, b: string): boolean =>
  meaningOf(kind, a) === meaningOf(kind, b);

/**
 * Whether a mirror holds what it is asked for. A client asks it by the path of the reference, without the registry that
 * the mirror stands for; the list may name the mirror itself in front of it, or the whole original.
 */
export function isHeldBy(
  artifacts: readonly string[] | undefined,
  kind: ArtifactKind,
  reference: string,
  mirror: string,
): boolean {
  if (!artifacts) return true;
  const asked = pathOf(kind, reference);
  return artifacts.some((held) => {
    if (sameReference(kind, held, reference)) return true;
    const own = held.replace(/^(docker|oci|https?):\/\//, '');
    const [first = '', ...rest] = own.split('/');
    const named = first.replace(/:\d+$/, '').toLowerCase() === mirror.toLowerCase();
    return (named ? rest.join('/') : own) === asked;
  });
}

/** With everything that may be left out. https://github.com/distribution/reference: `splitDockerDomain`, `TagNameOnly`. */
export function meaningOf(kind: ArtifactKind, reference: string): string {
  if (kind === 'image') return `${imageRegistry(reference)}/${pathOf(kind, reference)}`;
  if (kind === 'package') return packageName(reference);
  if (kind === 'terraform') {
    return reference.replace(/^(https?:\/\/)?registry\.terraform\.io\//, '').replace(/\.git$/, '');
  }
  return reference;
}

function pathOf(kind: ArtifactKind, reference: string): string {
  if (kind === 'image') return imagePath(reference);
  if (kind === 'package') return packageName(reference);
  return reference.replace(/^https?:\/\/[^/]+\//, '');
}

function imagePath(reference: string): string {
  const bare = reference.replace(/^(docker|oci):\/\//, '');
  const registry = imageRegistry(bare);
  const parts = bare.split('/');
  const [first = ''] = parts;
  const isNamed = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  const path = (isNamed ? parts.slice(1) : parts).join('/');
  const inHub = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  const hasTag = /[:@]/.test(inHub.slice(inHub.lastIndexOf('/') + 1));
  return hasTag ? inHub : `${inHub}:latest`;
}

/** `docker-ce=5:18.03` and `docker-ce.x86_64` are docker-ce. */
const packageName = (reference: string): string =>
  reference.replace(/[=\s].*$/, '').replace(/\.(x86_64|noarch|i686|aarch64|ppc64le|s390x)$/, '');
