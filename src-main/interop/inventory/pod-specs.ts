import type { Path } from '../../model/issue.ts';
import { isRecord } from '../kubernetes/manifests.ts';

/** A pod's description inside an object. */
export interface PodSpec {
  readonly path: Path;
  readonly spec: Readonly<Record<string, unknown>>;
}

const templatePaths: Readonly<Record<string, Path>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};
const usualTemplatePath: Path = ['spec', 'template', 'spec'];

/** The pod of an object that makes pods; of kinds that are not Kubernetes' own as well, where they say it in its way. */
export function podSpecOf(
  kind: string,
  object: Readonly<Record<string, unknown>>,
): PodSpec | undefined {
  const path = templatePaths[kind] ?? usualTemplatePath;
  let value: unknown = object;
  for (const part of path) value = isRecord(value) ? value[part] : undefined;
  if (!isRecord(value)) return undefined;
  return Array.isArray(value['containers']) ? { path, spec: value } : undefined;
}

/** Lists of a pod's description that hold containers, and what one of them is called. */
export const containerLists = [
  ['initContainers', 'init container'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeral container'],
] as const;
