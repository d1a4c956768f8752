import { limits } from '../../model/limits.ts';

/** What a project file may hold at the most. A file beyond a limit is refused; an edit that would pass it, too. */
export const projectLimits = {
  /** Bytes of the whole file, history and versions included. */
  fileBytes: 1024 * 1024 * 1024,
  /** Bytes of those that only undoing, redoing and deleting may still use. */
  reservedBytes: 64 * 1024 * 1024,
  /** Bytes of one entity, as JSON in UTF-8. */
  entityBytes: 16 * 1024 * 1024,
  /** Bytes of one command, of its inverse, or of one named version, as JSON in UTF-8. */
  documentBytes: 256 * 1024 * 1024,
  /** Depth of nested maps and lists in anything that is stored as JSON: an entity in a command in a compound. */
  nestingDepth: limits.nestingDepth,
  /** Characters of the name of a step in the history, or of a version. */
  labelLength: limits.nameLength,
  /** Edits of one compound command: enough to replace every entity of every kind. */
  compoundEdits: 16 * 2 * limits.entitiesPerKind,
  versions: 10_000,
} as const;
