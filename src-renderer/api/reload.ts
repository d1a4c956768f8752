import { openingMethods } from '../../src-main/contract/opening.ts';
import type { Answer, Bridge, Output, ProjectState } from '../../src-main/contract/index.ts';

const keptName = 'hopscope.open-project';

type Place = Pick<ProjectState, 'project' | 'file'>;

/** What this tab had open; kept by the browser for as long as the tab is there, and for this tab alone. */
function kept(): Place | undefined {
  const text = sessionStorage.getItem(keptName);
  return text === null ? undefined : (JSON.parse(text) as Place);
}

/** Loaded again, or come back to: by Back and Forward, or as a tab that was closed or put away. */
const isReturn = (): boolean =>
  performance
    .getEntriesByType('navigation')
    .some((entry) => (entry as PerformanceNavigationTiming).type !== 'navigate');

/**
 * A browser's page that is loaded again, or come back to, begins with the project that it had, as the desktop's does. A
 * page that is opened anew begins with what the program was started with.
 */
export function reopening(bridge: Bridge): Bridge {
  /** Opens the file in the place of what the host would begin with. */
  async function startAgain(started: Answer<unknown>, file: string): Promise<Answer<unknown>> {
    const opened = (await call('project.open', { file })) as Answer<ProjectState>;
    if (!started.ok || !opened.ok) return started;
    const { project } = opened.value;
    const instead = (started.value as Output<'app.start'>).open?.source;
    if (instead?.kind === 'project') {
      await bridge.call('project.close', { project: instead.project });
    }
    const title = file.replace(/^.*[\\/]/, '');
    const open = { title, source: { kind: 'project', project } } as const;
    return { ok: true, value: { ...(started.value as Output<'app.start'>), open } };
  }

  async function call(method: string, payload: unknown): Promise<Answer<unknown>> {
    const answer = await bridge.call(method, payload);
    if (!answer.ok) return answer;
    if (openingMethods.has(method) || method === 'project.saveAs') {
      const { project, file } = answer.value as Place;
      sessionStorage.setItem(keptName, JSON.stringify({ project, file }));
    } else if (method === 'project.close') {
      if (kept()?.project === (payload as Place).project) sessionStorage.removeItem(keptName);
    } else if (method === 'app.start' && isReturn()) {
      const place = kept();
      if (place) return startAgain(answer, place.file);
    }
    return answer;
  }

  return { ...bridge, call };
}
