import { changeText, type ChangePlan } from '../../src-main/contract/index.ts';
import { language } from '../i18n/language.svelte.ts';
import type { Project } from './project.svelte.ts';

/** What becomes of others by a change, each line with whom it is about: `Edge: loses interface wan`. */
export function changeLines(
  project: Project,
  lines: ChangePlan['alsoChanged'],
): readonly { readonly ref: string; readonly text: string }[] {
  return lines.map((line) => {
    const { ref } = line;
    const text = changeText(line, language.code);
    const entity = project.entity(ref);
    const name = entity && 'name' in entity ? entity.name : undefined;
    return { ref, text: `${name ?? ref.slice(ref.indexOf(':') + 1)}: ${text}` };
  });
}
