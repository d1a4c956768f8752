import { expect, test } from 'vitest';
import type { BackendClient } from '../../../src-renderer/api/backend.ts';
import { Project } from '../../../src-renderer/state/project.svelte.ts';
import { failed } from '../../../src-main/contract/errors.ts';
import type { Design, ProjectState } from '../../../src-main/contract/index.ts';
import { flowOf, sample } from './sample.ts';

test('what was worked out from an older design says what it was made of', async () => {
  const old = flowOf('internet-to-web');
  const renamed = { ...old, name: 'Renamed since' };
  const now: Design = {
    ...sample,
    flows: (sample.flows ?? []).map((flow) => (flow.id === old.id ? renamed : flow)),
  };
  const applied: unknown[] = [];
  const backend = {
    call: (method: string, payload: { read?: unknown }) => {
      if (method === 'project.apply') applied.push(payload.read);
      return Promise.resolve(failed('backend-unreachable', { reason: 'none' }));
    },
  } as unknown as BackendClient;
  const project = new Project(backend, 'window', { project: 'p' } as ProjectState, now);
  const edit = { kind: 'put', entity: 'flow', value: { ...old, port: 8443 } } as const;
  await project.applyTo(sample, 'Open', [edit]);
  await project.apply('Open', [edit]);
  const ref = `flow:${old.id}`;
  expect(applied).toEqual([{ [ref]: old }, { [ref]: renamed }]);
});
