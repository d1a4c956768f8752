import type { Project } from '../../state/project.svelte.ts';

/** Runs all flows, and lets the packet of one be seen moving: of the flow that is read, else of the first. */
export async function runAndShow(project: Project): Promise<void> {
  await project.runs.runAll();
  const { follow } = project;
  if (!follow.open) {
    const [first] = project.design.flows ?? [];
    if (first === undefined) return;
    await follow.read(first.id);
  }
  project.view.open('trace');
  follow.play();
}
