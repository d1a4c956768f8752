import type { Ingress, IngressBackend } from '../../model/design.ts';
import type { Path } from '../../model/issue.ts';
import type { EntityIds } from './entity-ids.ts';
import type { Manifest } from './manifests.ts';
import type { Notes } from './notes.ts';
import { isAbsent, ingress as ingressShape, shaped, type IngressBackendShape } from './shapes.ts';

export interface ImportedIngress {
  readonly manifest: Manifest;
  readonly ingress: Ingress;
}

interface Context {
  readonly cluster: string;
  readonly ids: EntityIds;
  readonly notes: Notes;
}

const classAnnotation = 'kubernetes.io/ingress.class';
const isPassthrough = (key: string): boolean => key.endsWith('/ssl-passthrough');
/** Annotations that say something of an ingress, but nothing of where its packets go. */
const harmlessAnnotation =
  /last-applied-configuration|cert-manager|acme|description|helm|argocd|meta\.|external-dns|proxy-body-size|proxy-.*-timeout|proxy-buffer/i;

export function importIngresses(
  manifests: readonly Manifest[],
  { cluster, ids, notes }: Context,
): ImportedIngress[] {
  return manifests.flatMap((manifest) => {
    if (manifest.kind !== 'Ingress') return [];
    const shape = shaped(manifest, ingressShape, notes.issues);
    if (!shape) return [];
    const { spec, metadata } = shape;
    const annotations = metadata.annotations ?? {};
    const className = spec.ingressClassName ?? annotations[classAnnotation];
    const isPassed = Object.entries(annotations).some(
      ([key, value]) => isPassthrough(key) && value === 'true',
    );
    for (const key of Object.keys(annotations)) {
      if (key === classAnnotation || isPassthrough(key) || harmlessAnnotation.test(key)) continue;
      notes.leaveOut(
        manifest,
        ['metadata', 'annotations', key],
        `annotation ${key} is not carried over: requests go by host and path alone`,
      );
    }
    const id = ids.give('ingress', manifest.namespace, manifest.name);
    const backendAt = (backend: IngressBackendShape | null | undefined, path: Path) =>
      toBackend(manifest, backend, path, notes);
    const defaultBackend =
      backendAt(spec.defaultBackend, ['spec', 'defaultBackend']) ??
      backendAt(spec.backend, ['spec', 'backend']);
    const ingress: Ingress = {
      id,
      ...(id === manifest.name ? {} : { name: manifest.name }),
      cluster,
      namespace: manifest.namespace,
      ...(className === undefined || className === '' ? {} : { className }),
      rules: (spec.rules ?? []).map(({ host, http }, at) => ({
        ...(isAbsent(host) || host === '' ? {} : { host }),
        paths: (http?.paths ?? []).flatMap(({ path, pathType, backend }, index) => {
          const place = ['spec', 'rules', at, 'http', 'paths', index];
          const target = backendAt(backend, [...place, 'backend']);
          if (!target) return [];
          return [
            {
              path: path ?? '/',
              pathType: pathTypeOf(manifest, pathType, place, notes),
              backend: target,
            },
          ];
        }),
      })),
      ...(defaultBackend ? { defaultBackend } : {}),
      ...(spec.tls?.length
        ? { tls: spec.tls.map(({ hosts }) => (hosts?.length ? { hosts } : {})) }
        : {}),
      ...(isPassed ? { tlsPassthrough: true } : {}),
    };
    return [{ manifest, ingress }];
  });
}

type PathType = Ingress['rules'][number]['paths'][number]['pathType'];

/** Absent in the versions before v1: the controller's own way. */
function pathTypeOf(
  manifest: Manifest,
  given: string | null | undefined,
  path: Path,
  notes: Notes,
): PathType {
  if (given === 'Exact' || given === 'Prefix' || given === 'ImplementationSpecific') return given;
  if (!isAbsent(given)) {
    notes.fault(
      manifest,
      [...path, 'pathType'],
      `pathType is ${JSON.stringify(given)}: expected Exact, Prefix or ImplementationSpecific`,
    );
  }
  return 'ImplementationSpecific';
}

function toBackend(
  manifest: Manifest,
  backend: IngressBackendShape | null | undefined,
  path: Path,
  notes: Notes,
): IngressBackend | undefined {
  if (!backend) return undefined;
  const { service, serviceName, servicePort } = backend;
  const name = service?.name ?? serviceName;
  const port = service?.port?.number ?? service?.port?.name ?? servicePort;
  if (!isAbsent(name) && !isAbsent(port)) {
    // `servicePort: "80"` is a number in quotes in many old manifests.
    return {
      service: name,
      port: typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port,
    };
  }
  notes.leaveOut(manifest, path, 'the backend is no service with a port: nothing goes there');
  return undefined;
}
