/** The names that Kubernetes gives its objects, labels and ports. */
import { z } from 'zod';
import { textMap } from './scalars.ts';

/** A text that Kubernetes itself checks with this pattern. */
function matching(pattern: RegExp, expected: string) {
  return z.string({ error: expected }).regex(pattern, { error: expected });
}

/** RFC 1123 subdomain; Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go. */
export const objectName = matching(
  /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  'a Kubernetes object name: lower-case letters, digits, "-" or ".", at most 253 characters',
);
/** IsQualifiedName and IsValidLabelValue of the same file. */
export const labelKey = matching(
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/,
  'a label key, such as app or app.kubernetes.io/name: at most 63 letters, digits, "-", "_" or "." behind an optional DNS name and "/"',
);
export const labelValue = matching(
  /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/,
  'a label value: at most 63 letters, digits, "-", "_" or ".", starting and ending with a letter or digit',
);
export const labels = textMap(labelKey, labelValue);
/** IsValidPortName: RFC 6335 §5.1. */
const portNamePattern = /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/;
const portNameExpected =
  'a port name: at most 15 lower-case letters, digits or "-", at least one letter among them';
export const portName = matching(portNamePattern, portNameExpected);
const portOrNameExpected = 'a port from 1 to 65535, or the name of a container port';
export const portOrName = z.union(
  [
    z
      .int({ error: portOrNameExpected })
      .min(1, { error: portOrNameExpected })
      .max(65535, { error: portOrNameExpected }),
    matching(portNamePattern, portOrNameExpected),
  ],
  { error: portOrNameExpected },
);
const kubernetesProtocol = z.enum(['TCP', 'UDP', 'SCTP']);
export const protocol = kubernetesProtocol.exactOptional().describe('TCP when absent.');
