import type { ArtifactKind } from './schema.ts';

/** What an image is asked for where its reference names no registry. */
const dockerHub = 'docker.io';
/** Where Terraform asks for a provider or module whose source names no host. */
const terraformRegistry = 'registry.terraform.io';

/** Who is asked for a thing, as its reference says. */
export interface AskedHost {
  readonly host: string;
  /** Where the reference names one. */
  readonly port?: number;
  readonly scheme: 'https' | 'http';
}

/** The host that a reference names, in lower case; undefined where it names none: a package, an alias of a repository. */
export function askedHost(kind: ArtifactKind, reference: string): AskedHost | undefined {
  switch (kind) {
    case 'image':
      return ofAuthority(imageRegistry(reference));
    case 'chart':
      return ofUrl(reference);
    case 'terraform':
      return ofUrl(reference.replace(/^git::/, '')) ?? ofTerraformSource(reference);
    case 'binary':
    case 'package':
      return ofUrl(reference);
    default:
      return kind satisfies never;
  }
}

/**
 * The registry of an image reference: its first part, where that has a dot or a port or is `localhost`.
 * https://github.com/distribution/reference: `splitDockerDomain`.
 */
export function imageRegistry(reference: string): string {
  const bare = reference.replace(/^(docker|oci):\/\//, '');
  const slash = bare.indexOf('/');
  const first = slash < 0 ? '' : bare.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  if (!isHost || first === 'index.docker.io') return dockerHub;
  return first.toLowerCase();
}

/** A provider's or module's source: `hashicorp/vsphere`, `registry.example.com/acme/cloud`, `github.com/acme/module`. */
function ofTerraformSource(source: string): AskedHost | undefined {
  const parts = source.replace(/@.*$/, '').split('/');
  const [first = ''] = parts;
  if (parts.length < 2 || first === '' || first.startsWith('.')) return undefined;
  return /[.:]/.test(first) ? ofAuthority(first) : { host: terraformRegistry, scheme: 'https' };
}

function ofUrl(text: string): AskedHost | undefined {
  const match = /^(https?|oci|ssh|git):\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(text);
  if (!match) return undefined;
  const [, scheme = '', authority = ''] = match;
  return ofAuthority(authority, scheme.toLowerCase() === 'http' ? 'http' : 'https');
}

function ofAuthority(
  authority: string,
  scheme: AskedHost['scheme'] = 'https',
): AskedHost | undefined {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(authority);
  if (!match) return undefined;
  const [, host = '', port] = match;
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return { host: bare, scheme, ...(port === undefined ? {} : { port: Number(port) }) };
}
