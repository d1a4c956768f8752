export { endpointsFor, matchesHost, type EndpointChoice } from './endpoints.ts';
export { parseCatalogue, type CatalogueText, type ParsedCatalogue } from './parse.ts';
export { productOf, stepIn } from './products.ts';
export { askedHost, imageRegistry, type AskedHost } from './reference.ts';
export type {
  ArtifactKind,
  Call,
  Catalogue,
  Endpoint,
  EndpointRequest,
  InstallClient,
  InstallMode,
  InstallStep,
  LocalService,
  Need,
  NodeRole,
  Product,
} from './schema.ts';
