import type { BackendClient } from '../api/backend.ts';
import { done, type ProjectState } from '../../src-main/contract/index.ts';
import type { Design, InstallReport, InstallScenario } from '../../src-main/contract/vocabulary.ts';
import { Inquiry } from './inquiry.svelte.ts';

export type InstallMode = InstallScenario['mode'];
export const installModes = ['connected', 'proxy', 'air-gapped'] as const satisfies InstallMode[];

/** Whether what the scenarios of the design speak of can be installed: one of them, in all modes side by side. */
export class Installs extends Inquiry<string, readonly InstallReport[]> {
  readonly #design: () => Design;
  #chosen = $state<string>();
  #mode = $state<InstallMode>();
  readonly #scenarios = $derived.by(() => this.#design().installScenarios ?? []);
  /** The one that was chosen, else the first. */
  readonly #scenario = $derived(
    this.#scenarios.find(({ id }) => id === this.#chosen) ?? this.#scenarios[0],
  );

  constructor(
    backend: BackendClient,
    origin: string,
    project: () => { readonly state: ProjectState; readonly design: Design },
  ) {
    super({
      backend,
      name: `${origin}-install`,
      design: () => project().design,
      look: async (scenario, run) => {
        const source = { kind: 'project', project: project().state.project } as const;
        const question = { source, scenario, mode: 'all', run } as const;
        const answer = await backend.call('install.evaluate', question);
        return answer.ok ? done(answer.value.reports) : answer;
      },
    });
    this.#design = () => project().design;
  }

  get scenarios(): readonly InstallScenario[] {
    return this.#scenarios;
  }
  get scenario(): InstallScenario | undefined {
    return this.#scenario;
  }
  /** The mode that is read: the scenario's own until another is chosen. */
  get mode(): InstallMode {
    return this.#mode ?? this.#scenario?.mode ?? 'connected';
  }

  choose(scenario: string): void {
    this.#chosen = scenario;
    this.#mode = undefined;
  }
  read(mode: InstallMode): void {
    this.#mode = mode;
  }
}
