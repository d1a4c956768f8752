import type { Flow } from '../../../src-main/contract/index.ts';
import { language } from '../../i18n/language.svelte.ts';
import { visibleText } from '../../i18n/visible-text.ts';
import type { Command } from '../../state/commands.svelte.ts';
import { expectationChoices, expectationOf, membersOf } from '../../state/expectations.ts';
import type { Project } from '../../state/project.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';
import { IntentActions } from './intent-actions.ts';

/** What can be asked for about intents, wherever the window is. */
export function intentCommands(session: Session, project: Project): readonly Command[] {
  const t = () => language.messages.intents;
  const actions = new IntentActions(session, project);
  const nameOf = (flow: Flow | undefined) => visibleText(flow?.name ?? flow?.id ?? '');
  return [
    {
      id: 'list-intents',
      label: () => t().show,
      group: 'flows',
      run: () => actions.list(),
    },
    {
      id: 'new-intent',
      label: () => t().add,
      group: 'flows',
      enabled: () => project.editable,
      run: () => {
        actions.list();
        return actions.add();
      },
    },
    {
      id: 'new-group',
      label: () => groupLabel(project),
      group: 'flows',
      enabled: () => project.editable,
      run: () => actions.addGroup(),
    },
    ...expectationChoices.map((choice): Command => ({
      id: `expect-${choice}`,
      label: () => t().expect.commands[choice](nameOf(meantFlow(project))),
      group: 'flows',
      enabled: () => {
        const flow = meantFlow(project);
        if (!flow || !project.editable) return false;
        return expectationOf(project.design, flow.id) !== choice;
      },
      run: () => {
        const flow = meantFlow(project);
        return flow && actions.expect(flow, choice);
      },
    })),
  ];
}

/** What a new group is called before it is made: it holds what is selected. */
export function groupLabel({ selection }: Project): string {
  const t = language.messages.intents;
  const count = membersOf(selection.refs).length;
  return count === 0 ? t.addGroup : t.addGroupOf(language.number(count));
}

/** The flow that is selected, else the one that is read. */
function meantFlow({ design, selection, follow }: Project): Flow | undefined {
  const { only } = selection;
  const id = only?.startsWith('flow:') === true ? only.slice('flow:'.length) : follow.flow;
  return design.flows?.find((flow) => flow.id === id);
}
