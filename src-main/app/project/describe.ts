import type { Command, Edit } from './command.ts';

/** What a step is called in the history: a compound by its label, a single edit by what it does. */
export function describeCommand(command: Command, inverse: Command): string {
  return command.kind === 'compound' ? command.label : describeEdit(command, inverse);
}

function describeEdit(edit: Edit, inverse: Command): string {
  switch (edit.kind) {
    case 'put': {
      const isNew = inverse.kind === 'remove';
      return `${isNew ? 'Add' : 'Change'} ${edit.entity} ${edit.value.id}`;
    }
    case 'remove':
      return `Remove ${edit.entity} ${edit.id}`;
    case 'move':
      return `Reorder ${edit.entity} ${edit.id}`;
    case 'head':
      if (edit.notes === undefined) return 'Rename the design';
      return edit.name === undefined
        ? "Change the design's notes"
        : "Change the design's name and notes";
    default:
      return edit satisfies never;
  }
}
