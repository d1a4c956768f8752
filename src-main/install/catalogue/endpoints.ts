import { askedHost } from './reference.ts';
import type {
  ArtifactKind,
  Catalogue,
  Endpoint,
  EndpointRequest,
  InstallClient,
} from './schema.ts';

/** Usual ports, RFC 9110 §4.2. */
const usualPort = { https: 443, http: 80 } as const;

/** What is asked of whom for one artifact. */
export interface EndpointChoice {
  /** Absent where the catalogue does not know the host: then it alone is asked, and redirects are not known. */
  readonly endpoint?: Endpoint;
  /** In the order in which they are made. */
  readonly requests: readonly EndpointRequest[];
}

/** Who can be asked for an artifact, the catalogue's first choice first; nobody where its reference names no host. */
export function endpointsFor(
  { endpoints }: Pick<Catalogue, 'endpoints'>,
  kind: ArtifactKind,
  reference: string,
  client?: InstallClient,
): readonly EndpointChoice[] {
  const asked = askedHost(kind, reference);
  const name = kind === 'package' && asked === undefined ? packageName(reference) : reference;
  const known = endpoints.filter(
    ({ kinds, hosts, references, clients }) =>
      kinds.includes(kind) &&
      (clients === undefined || client === undefined || clients.includes(client)) &&
      (hosts === undefined ||
        (asked !== undefined && hosts.some((pattern) => matchesHost(pattern, asked.host)))) &&
      (references === undefined || references.some((pattern) => matchesReference(pattern, name))),
  );
  const usual = known.map((endpoint) => ({
    endpoint,
    requests: endpoint.requests.flatMap(({ host = asked?.host, ...rest }) =>
      host === undefined ? [] : [{ host, ...rest }],
    ),
  }));
  if (asked === undefined) return usual;
  const { host, scheme, port = usualPort[scheme] } = asked;
  if (known.length > 0 && asked.port === undefined) return usual;
  const purpose = kind === 'image' ? 'registry' : 'download';
  return [{ requests: [{ host, port, scheme, purpose }] }];
}

export function matchesHost(pattern: string, host: string): boolean {
  const lower = pattern.toLowerCase();
  return lower.startsWith('*.') ? host.endsWith(lower.slice(1)) : host === lower;
}

/** `docker-ce=5:18.03` and `docker-ce.x86_64` are docker-ce. */
const packageName = (reference: string): string =>
  reference.replace(/[=\s].*$/, '').replace(/\.(x86_64|noarch|i686|aarch64|ppc64le|s390x)$/, '');

function matchesReference(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+\\^$()[\]{}|?]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
