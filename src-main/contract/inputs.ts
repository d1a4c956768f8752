import { z } from 'zod';
import { limits } from '../model/limits.ts';
import { flow } from '../model/schema/questions.ts';
import { id, name } from '../model/schema/scalars.ts';

const text = z.string().max(limits.textFileBytes);
const textFormat = z.enum(['yaml', 'json']);
const filePath = z.string().min(1).max(4096);
const projectHandle = z.string().min(1).max(64);

/** Where a call finds its design. */
export const designSource = z.discriminatedUnion('kind', [
  /** A sample that comes with the program. */
  z.strictObject({ kind: z.literal('example'), name: z.string().min(1).max(200) }),
  /** The text form, as it stands in a file; YAML, which JSON is a part of, when no format is given. */
  z.strictObject({ kind: z.literal('text'), text, format: textFormat.exactOptional() }),
  /** A design as a value; it is checked like any other. */
  z.strictObject({ kind: z.literal('design'), design: z.unknown() }),
  /** An open project, as `project.open` named it. */
  z.strictObject({ kind: z.literal('project'), project: projectHandle }),
]);

/** A flow of the design by its id, or one that the design does not hold. */
const flowChoice = z.union([id, flow]);

const pathChoices = {
  /** Follow every equal-cost path, pool member and endpoint. */
  allPaths: z.boolean().exactOptional(),
  maxPaths: z.int().min(1).max(1024).exactOptional(),
};

const nothing = z.strictObject({});
const ofProject = z.strictObject({ project: projectHandle });
const versionOf = z.strictObject({ project: projectHandle, name });
const ofDesign = z.strictObject({ source: designSource });

/** Every call that the backend answers, with the validator of what it is given. */
export const inputs = {
  'app.start': nothing,

  'examples.list': nothing,
  'examples.read': z.strictObject({ name: z.string().min(1).max(200) }),

  'design.read': ofDesign,
  'design.parse': z.strictObject({ text, format: textFormat.exactOptional() }),
  'design.format': z.strictObject({ source: designSource, format: textFormat }),
  'design.lint': ofDesign,

  'flow.simulate': z.strictObject({ source: designSource, flow: flowChoice, ...pathChoices }),
  'flows.simulateAll': ofDesign,
  'intents.verify': z.strictObject({
    source: designSource,
    /** Only these; all when absent. */
    intents: z.array(id).max(limits.listLength).exactOptional(),
  }),
  'trace.pcap': z.strictObject({
    source: designSource,
    flow: flowChoice,
    /** Which of the flow's paths is written, from 0; the first when absent. */
    path: z.int().min(0).exactOptional(),
  }),

  /** Makes a project file that holds the design; an empty design when no source is given. */
  'project.create': z.strictObject({
    file: filePath,
    source: designSource.exactOptional(),
    name: name.exactOptional(),
  }),
  'project.open': z.strictObject({ file: filePath, readOnly: z.boolean().exactOptional() }),
  'project.close': ofProject,
  /** Writes the whole project, history and versions included, to another file. */
  'project.saveCopy': z.strictObject({
    project: projectHandle,
    file: filePath,
    overwrite: z.boolean().exactOptional(),
  }),
  /** Applies one command: all of it, or nothing. Its shape and the entities in it are checked by the project. */
  'project.apply': z.strictObject({ project: projectHandle, command: z.unknown() }),
  'project.undo': ofProject,
  'project.redo': ofProject,
  'project.history': z.strictObject({
    project: projectHandle,
    /** Only so many of the latest steps; all when absent. */
    last: z.int().min(1).exactOptional(),
  }),
  'project.versions.list': ofProject,
  'project.versions.save': versionOf,
  'project.versions.restore': versionOf,
  'project.versions.delete': versionOf,
} as const satisfies Record<string, z.ZodType>;
