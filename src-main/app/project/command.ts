import { z } from 'zod';
import type { EntityOf } from '../../model/design.ts';
import { entityKinds, type EntityKind } from '../../model/ids.ts';
import type { Parsed } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { schemaIssues } from '../../model/validate.ts';
import { projectLimits } from './limits.ts';

/** Writes one entity in full. */
interface Put<Kind extends EntityKind> {
  readonly kind: 'put';
  readonly entity: Kind;
  readonly value: EntityOf<Kind>;
  /**
   * The id of the entity that a new one is put in front of; the end of its collection when absent. An entity that is
   * there already keeps its place.
   */
  readonly before?: string;
}
export type PutEdit = { readonly [Kind in EntityKind]: Put<Kind> }[EntityKind];

export interface RemoveEdit {
  readonly kind: 'remove';
  readonly entity: EntityKind;
  readonly id: string;
}

/** Gives an entity another place among those of its kind. */
export interface MoveEdit {
  readonly kind: 'move';
  readonly entity: EntityKind;
  readonly id: string;
  /** The id of the entity that it is put in front of; the end of the collection when absent. */
  readonly before?: string;
}

/** Changes what the design says of itself; what is absent stays. */
export interface HeadEdit {
  readonly kind: 'head';
  readonly name?: string;
  /** `null` takes the notes away. */
  readonly notes?: string | null;
}

export type Edit = PutEdit | RemoveEdit | MoveEdit | HeadEdit;

/** Several edits that are done and undone as one step. What they refer to need only be there when all are done. */
export interface CompoundCommand {
  readonly kind: 'compound';
  /** What the step is called in the history. */
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** A step of the editing history. */
export type Command = Edit | CompoundCommand;

/** The name of a step or of a version: one line, and a text that every encoding can hold. */
export const label = z
  .string()
  .min(1)
  .max(projectLimits.labelLength)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
    error: 'one line of text without control characters',
  });

const entity = z.enum(entityKinds);
/** Long enough for a layout item, which is named after the entity it places. */
const entityId = z.string().min(1).max(limits.nameLength);
const before = entityId.exactOptional();

const edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('put'), entity, value: z.unknown(), before }),
  z.strictObject({ kind: z.literal('remove'), entity, id: entityId }),
  z.strictObject({ kind: z.literal('move'), entity, id: entityId, before }),
  z.strictObject({
    kind: z.literal('head'),
    name: z.string().exactOptional(),
    notes: z.string().nullable().exactOptional(),
  }),
]);

const compound = z.strictObject({
  kind: z.literal('compound'),
  label,
  edits: z.array(edit).min(1).max(projectLimits.compoundEdits),
});

const command = z.discriminatedUnion('kind', [...edit.options, compound]);

/**
 * Checks the shape of a command that comes from outside. The entities in it are checked when it is applied, as every
 * command's are.
 */
export function parseCommand(value: unknown): Parsed<Command> {
  const shape = command.safeParse(value);
  if (shape.success) return { ok: true, value: shape.data as Command };
  const issues = schemaIssues(value, shape.error);
  const listed = issues.slice(0, limits.errorsListed);
  return { ok: false, issues: listed, omitted: issues.length - listed.length };
}
