import type { Node } from '../model/design.ts';
import { askedHost, imageRegistry, type ArtifactKind } from './catalogue/index.ts';
import { isHeldBy } from './carried.ts';
import type { Asking, Attempt, Evaluation } from './evaluation.ts';
import { mirrorsFor, parseEndpoint, type ToldMirror } from './settings/mirrors.ts';
import type { Want } from './work.ts';

type ArtifactWant = Want & { readonly kind: ArtifactKind };

const dockerHub = 'docker.io';

/** Of artifacts that come from the bundle or from mirrors alone; nothing is asked of the internet. */
export function supplyAirGapped(
  evaluation: Evaluation,
  asking: Asking,
  wanted: Want,
  kind: ArtifactKind,
): Attempt {
  const want = { ...wanted, kind };
  const carried = evaluation.carried(wanted);
  const missing =
    carried.length === 0
      ? wanted.references
      : wanted.references.filter((one) => !carried.includes(one));
  const parts: Attempt[] = [];
  if (carried.length > 0) parts.push(fromBundle(evaluation, asking, want));
  // References that are asked of the same mirrors are asked for together.
  for (const group of groupedBySupplier(evaluation, asking, want, missing)) {
    parts.push(fromMirrors(evaluation, asking, want, group));
  }
  const failing = parts.find(({ works }) => !works);
  const asks = parts.flatMap((part) => part.asks);
  const by = failing?.by ?? parts.at(-1)?.by ?? 'bundle';
  const cause = failing?.cause;
  return { works: failing === undefined, by, asks, ...(cause === undefined ? {} : { cause }) };
}

/** Images are pushed to the product's own registry, and nodes take them from there; the rest is carried to the node. */
function fromBundle(evaluation: Evaluation, asking: Asking, { kind }: ArtifactWant): Attempt {
  const registry = ownRegistry(evaluation);
  const { boot } = evaluation.work;
  if (kind !== 'image' || !registry || asking.node === boot) {
    return { works: true, by: 'bundle', asks: [] };
  }
  return evaluation.ask(asking, [{ asked: { ...registry, purpose: 'bundle' } }], 'bundle');
}

const ownRegistry = ({ work }: Evaluation) =>
  work.steps.flatMap(({ wants }) => wants).find(({ call }) => call !== undefined)?.call;

interface Group {
  readonly references: string[];
  readonly mirrors: readonly ToldMirror[];
  /** The reference names a host of the network itself. */
  readonly own: string | undefined;
}

function groupedBySupplier(
  evaluation: Evaluation,
  asking: Asking,
  { kind, client }: ArtifactWant,
  references: readonly string[],
): readonly Group[] {
  const reading = evaluation.reading(client, asking.node);
  const groups = new Map<string, Group>();
  for (const reference of references) {
    const mirrors = mirrorsFor(reading.mirrors, kind, reference);
    const host = askedHost(kind, reference)?.host;
    const own = host !== undefined && evaluation.surroundings.isInside(host) ? host : undefined;
    const key = `${own ?? ''} ${mirrors.map(({ endpoint }) => endpoint).join()}`;
    const group = groups.get(key);
    if (group) group.references.push(reference);
    else groups.set(key, { references: [reference], mirrors, own });
    if (kind === 'image') noteDockerHubOnly(evaluation, asking, reference);
  }
  return [...groups.values()];
}

/** docs.docker.com/docker-hub/image-library/mirror: only the central Hub can be mirrored so. */
function noteDockerHubOnly(
  evaluation: Evaluation,
  { client, node }: Asking,
  reference: string,
): void {
  const registry = imageRegistry(reference);
  const { mirrors } = evaluation.reading(client, node);
  const [hub] = mirrors.filter((mirror) => mirror.registry === dockerHub);
  if (client !== 'docker' || !hub || registry === dockerHub) return;
  evaluation.note({
    code: 'mirror-docker-hub-only',
    detail: { client, source: hub.source, registry },
  });
}

function fromMirrors(
  evaluation: Evaluation,
  asking: Asking,
  want: ArtifactWant,
  { references, mirrors, own }: Group,
): Attempt {
  if (own !== undefined) {
    // The product's own registry, which its installer fills.
    const registry = ownRegistry(evaluation);
    if (want.kind === 'image' && registry?.host === own) {
      return evaluation.ask(asking, [{ asked: { ...registry, purpose: 'registry' } }]);
    }
    const [asked] = references.flatMap((one) => askedHost(want.kind, one) ?? []);
    const port = asked?.port ?? (asked?.scheme === 'http' ? 80 : 443);
    const endpoint = `${asked?.scheme ?? 'https'}://${own}:${port}`;
    return askMirror(evaluation, asking, want, references, endpoint, undefined);
  }
  const tried = mirrors.map((mirror) =>
    askMirror(evaluation, asking, want, references, mirror.endpoint, mirror),
  );
  const best = tried.find(({ works }) => works) ?? tried[0];
  if (best) return best;
  const { kind, client, hidden, choices } = want;
  const [first] = choices.flatMap(({ requests }) => requests);
  const asked = references.flatMap((one) => askedHost(kind, one) ?? [])[0];
  const host = asked && first === undefined ? `${asked.host}:${asked.port ?? 443}` : undefined;
  const cause = evaluation.causes.add(
    'not-carried',
    {
      kind,
      client,
      references,
      host: first ? `${first.host}:${first.port}` : (host ?? 'a host outside'),
      ...(hidden === undefined ? {} : { hidden }),
    },
    { key: `${kind} ${client} ${references.join()}`, step: asking.step, node: asking.node },
  );
  return { works: false, by: 'nowhere', asks: [], cause };
}

/** `told`: absent where the reference itself names the mirror. */
function askMirror(
  evaluation: Evaluation,
  asking: Asking,
  { kind, client }: ArtifactWant,
  references: readonly string[],
  text: string,
  told: ToldMirror | undefined,
): Attempt {
  const { causes, surroundings } = evaluation;
  const { step, node } = asking;
  const source = told?.source ?? text;
  const failing = (cause: number, asks: Attempt['asks'] = []): Attempt => ({
    works: false,
    by: 'mirror',
    asks,
    cause,
  });
  const at = { step, node, ...(told ? { at: told } : {}) };
  const endpoint = parseEndpoint(text);
  if (!endpoint) {
    const facts = { client, endpoint: text, source };
    return failing(causes.add('mirror-without-scheme', facts, { key: `${source} ${text}`, ...at }));
  }
  if (kind === 'terraform' && endpoint.scheme === 'http' && told) {
    const facts = { endpoint: text, source };
    return failing(causes.add('mirror-needs-https', facts, { key: `${source} ${text}`, ...at }));
  }
  const { host, port, scheme } = endpoint;
  const mirror = mirrorAt(surroundings.nodesAt(host), kind, port);
  if (mirror && mirror.scheme !== scheme) {
    const facts = { client, endpoint: text, source, serves: mirror.scheme };
    return failing(causes.add('mirror-scheme', facts, { key: `${source} ${text}`, ...at }));
  }
  const asked = { host, port, scheme, purpose: 'mirror' };
  const attempt = evaluation.ask(asking, [{ asked }], 'mirror');
  if (!attempt.works) return attempt;
  const lacking = references.filter(
    (one) => !mirror || !isHeldBy(mirror.artifacts, kind, one, host),
  );
  if (lacking.length === 0) return attempt;
  const facts = { client, mirror: mirror?.node ?? host, references: lacking };
  const key = `${facts.mirror} ${kind} ${lacking.join()}`;
  return failing(causes.add('mirror-lacks', facts, { key, step, node }), attempt.asks);
}

const mirrorKinds = {
  image: 'images',
  chart: 'charts',
  terraform: 'terraform',
  package: 'packages',
  binary: 'binaries',
} as const;

/** What serves artifacts of the kind there; on another port than the one that is asked where it has no other. */
function mirrorAt(nodes: readonly Node[], kind: ArtifactKind, port: number) {
  const mirrors = nodes.flatMap((node) =>
    'artifactMirror' in node ? [{ node: node.id, ...node.artifactMirror }] : [],
  );
  return mirrors.find((one) => one.port === port && one.kinds.includes(mirrorKinds[kind]));
}

/** Nodes of the design that serve artifacts of a kind. */
export const mirrorsOfKind = (nodes: readonly Node[], kind: ArtifactKind) =>
  nodes.flatMap((node) =>
    'artifactMirror' in node && node.artifactMirror.kinds.includes(mirrorKinds[kind])
      ? [{ node, mirror: node.artifactMirror }]
      : [],
  );
