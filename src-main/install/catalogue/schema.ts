/**
 * What the files in resources/data may say. They are data that its readers edit: every entry tells where it is known
 * from (`source`: a document or public address) and when it was looked at there (`date`).
 */
import { z } from 'zod';
import type { DeepReadonly } from '../../model/design.ts';
import { limits } from '../../model/limits.ts';
import { cluster } from '../../model/schema/kubernetes.ts';
import { installScenario } from '../../model/schema/questions.ts';
import { freeText, hostName, hostPattern, id, list, port } from '../../model/schema/scalars.ts';

const scenarioArtifact = installScenario.shape.artifacts.unwrap().element.shape;

const artifactKind = scenarioArtifact.kind;
const mode = installScenario.shape.mode;
const client = installScenario.shape.settings.unwrap().element.shape.client;
const role = cluster.shape.nodes.element.shape.roles.element;

const isDay = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const dayExpected = 'a day such as 2026-11-28';

const known = {
  source: freeText(1, 512).describe('The document or public address that says so.'),
  date: z
    .string({ error: dayExpected })
    .regex(isDay, { error: dayExpected })
    .describe('The day it was looked at there.'),
};

const place = {
  host: hostName,
  port,
  scheme: z.enum(['https', 'http']),
};

const request = z.strictObject({
  ...place,
  host: hostName.exactOptional().describe('The host that the reference names when absent.'),
  purpose: z.enum(['registry', 'token', 'index', 'content', 'download']),
  instead: list(z.strictObject(place))
    .exactOptional()
    .describe(
      'Where the same request may be led instead, by region or plan: which of them cannot be known from here, so that ' +
        'it fails for certain only where none of them can be reached.',
    ),
});

const atLeastOne = <T extends z.ZodType>(of: T) => list(of).min(1, { error: 'at least one entry' });

const patternExpected = 'a reference, or a pattern such as docker-ce*';
/** A reference, with a star for any letters and signs. */
const referencePattern = z
  .string({ error: patternExpected })
  .regex(/^[^\s\p{C}]{1,200}$/u, { error: patternExpected });

const endpoint = z
  .strictObject({
    id,
    ...known,
    kinds: atLeastOne(artifactKind),
    hosts: atLeastOne(hostPattern)
      .exactOptional()
      .describe('Hosts that references name; docker.io where an image names none.'),
    references: atLeastOne(referencePattern)
      .exactOptional()
      .describe('Patterns of which the reference has to match one; of packages, their names.'),
    clients: atLeastOne(client)
      .exactOptional()
      .describe('Only for what these ask for; for any client when absent.'),
    network: z
      .enum(['public', 'private'])
      .describe("Private: reached without the internet, as a provider's own mirror."),
    requests: atLeastOne(request).describe('In the order in which they are made.'),
    notes: freeText(1, limits.notesLength).exactOptional(),
  })
  .refine(({ hosts, references }) => hosts !== undefined || references !== undefined, {
    error: 'hosts, references, or both',
  });

const localService = z.strictObject({
  ...known,
  purpose: z.enum(['dns', 'ntp']),
  protocol: z.enum(['udp', 'tcp']),
  port,
});

const audience = {
  client,
  neededBy: atLeastOne(role).describe('Roles of cluster nodes.'),
  modes: atLeastOne(mode).exactOptional().describe('Every mode when absent.'),
};

const need = z.strictObject({
  ...known,
  ...audience,
  kind: artifactKind,
  references: atLeastOne(scenarioArtifact.reference),
  hidden: freeText(1, 512)
    .exactOptional()
    .describe('Why no list of the product names it, where that is so.'),
});

const call = z
  .strictObject({ ...known, ...audience, ...place, purpose: freeText(1, 200) })
  .describe('A request to the product itself, such as a push to its registry.');

const commands = z
  .strictObject({
    ...known,
    neededBy: audience.neededBy,
    modes: audience.modes,
    run: atLeastOne(freeText(1, 1000)),
  })
  .describe('What is typed there, as root, line by line.');

const step = z.strictObject({
  id,
  title: freeText(1, 200),
  commands: list(commands).exactOptional(),
  needs: list(need).exactOptional(),
  calls: list(call).exactOptional(),
});

const product = z.strictObject({
  id: installScenario.shape.product,
  version: freeText(1, 63),
  name: freeText(1, 200),
  ...known,
  steps: atLeastOne(step).describe('In the order of the install.'),
  notes: freeText(1, limits.notesLength).exactOptional(),
});

/** One file: any part of the catalogue. */
export const catalogueFile = z.strictObject({
  endpoints: list(endpoint).exactOptional(),
  localServices: list(localService).exactOptional(),
  products: list(product).exactOptional(),
});

export type CatalogueFile = DeepReadonly<z.infer<typeof catalogueFile>>;
export type Endpoint = NonNullable<CatalogueFile['endpoints']>[number];
/** A request with its host. */
export type EndpointRequest = Endpoint['requests'][number] & { readonly host: string };
export type LocalService = NonNullable<CatalogueFile['localServices']>[number];
export type Product = NonNullable<CatalogueFile['products']>[number];
export type InstallStep = Product['steps'][number];
export type Need = NonNullable<InstallStep['needs']>[number];
export type Call = NonNullable<InstallStep['calls']>[number];
export type ArtifactKind = Need['kind'];
export type InstallClient = Need['client'];
export type NodeRole = Need['neededBy'][number];
export type InstallMode = NonNullable<Need['modes']>[number];

/** All files together. */
export interface Catalogue {
  readonly endpoints: readonly Endpoint[];
  readonly localServices: readonly LocalService[];
  readonly products: readonly Product[];
}
