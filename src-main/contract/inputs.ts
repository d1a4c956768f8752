import { z } from 'zod';
import { limits } from '../model/limits.ts';
import { flow, installScenario } from '../model/schema/questions.ts';
import { cidr, id, name } from '../model/schema/scalars.ts';
import { change, nextFreeQuestion } from './changes.ts';
import { installFormats, toolFormats } from './tool-formats.ts';

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

const viewKind = z.enum(['all', 'underlay', 'overlay', 'kubernetes']);
const coverText = z.string().min(1).max(500);

const nothing = z.strictObject({});
const ofProject = z.strictObject({ project: projectHandle });
const versionOf = z.strictObject({ project: projectHandle, name });
const ofDesign = z.strictObject({ source: designSource });
/** What a window calls itself, so that it knows its own changes when it is told of them. */
const origin = z.string().min(1).max(64).exactOptional();
/** What a window calls a run, so that it can ask how far it is and stop it. */
const run = z.string().min(1).max(64).exactOptional();

/** Every call that the backend answers, with the validator of what it is given. */
export const inputs = {
  'app.start': nothing,
  /** Ends the backend's process, which does not answer, and starts another one; where it has a process of its own. */
  'backend.restart': nothing,
  /** What the window keeps for the user: theme, language, sizes of panels. Small plain values by name. */
  'settings.read': nothing,
  'settings.write': z.strictObject({
    values: z.record(
      z.string().min(1).max(100),
      z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]),
    ),
  }),
  /** A folder of this machine, for choosing a file in a browser; the folder for designs when none is named. */
  'files.list': z.strictObject({ folder: filePath.exactOptional() }),
  /** A design as text (YAML, JSON) of this machine: where the page is given a path instead of a file. */
  'files.readText': z.strictObject({ file: filePath }),
  'recents.list': nothing,
  'recents.forget': z.strictObject({ file: filePath }),

  'examples.list': nothing,
  'examples.read': z.strictObject({ name: z.string().min(1).max(200) }),

  'design.read': ofDesign,
  'design.parse': z.strictObject({ text, format: textFormat.exactOptional() }),
  'design.format': z.strictObject({ source: designSource, format: textFormat }),
  'design.lint': ofDesign,
  /** What the policies of a cluster let through; of every cluster when none is named. */
  'design.connections': z.strictObject({ source: designSource, cluster: id.exactOptional() }),

  /** A design of Kubernetes manifests, in a cluster that is made for them or in one of a design. */
  'kubernetes.import': z.strictObject({
    files: z.array(z.strictObject({ name: filePath, text })).max(limits.listLength),
    nodes: z.int().min(1).max(1000).exactOptional(),
    podCidrs: z.array(cidr).min(1).max(2).exactOptional(),
    serviceCidrs: z.array(cidr).min(1).max(2).exactOptional(),
    nodeCidr: cidr.exactOptional(),
    into: z.strictObject({ source: designSource, cluster: id.exactOptional() }).exactOptional(),
  }),

  /** The firewall and translations of a node, of what iptables-save and ip6tables-save write. */
  'iptables.import': z.strictObject({
    ipv4: text.exactOptional(),
    ipv6: text.exactOptional(),
    into: z.strictObject({ source: designSource, node: id }).exactOptional(),
  }),

  /** What files say is to be fetched, as artifacts of an install scenario. */
  'artifacts.import': z.strictObject({
    files: z
      .array(z.strictObject({ name: filePath, text }))
      .min(1)
      .max(limits.listLength),
    /** What every file is; told by what it says when absent. */
    kind: z.enum(['images', 'manifests', 'terraform', 'packages']).exactOptional(),
    /** Who needs all of it: roles of cluster nodes, or nodes. */
    neededBy: z.array(z.string().min(1).max(63)).min(1).max(1000).exactOptional(),
    into: z.strictObject({ source: designSource, scenario: id }),
  }),

  'flow.simulate': z.strictObject({ source: designSource, flow: flowChoice, ...pathChoices }),
  /** Why a flow does not arrive: all that is in its way, and the smallest changes that are proven to help. */
  'flow.explain': z.strictObject({ source: designSource, flow: flowChoice, run }),
  'flows.simulateAll': z.strictObject({ source: designSource, run }),
  /** Ends a run; its caller is answered `stopped`. */
  'run.stop': z.strictObject({ run: z.string().min(1).max(64) }),
  'intents.verify': z.strictObject({
    source: designSource,
    /** Only these; all when absent. */
    intents: z.array(id).max(limits.listLength).exactOptional(),
    run,
  }),
  /** Whether what the scenarios speak of can be installed: each in its own mode where none is named. */
  'install.evaluate': z.strictObject({
    source: designSource,
    /** Only this one; all when absent. */
    scenario: id.exactOptional(),
    /** `all`: in each of the three. */
    mode: z.union([installScenario.shape.mode, z.literal('all')]).exactOptional(),
    run,
  }),
  /** The design in another tool's format, with a list of what does not carry over. */
  'design.export': z.strictObject({
    source: designSource,
    format: z.enum([...toolFormats, ...installFormats]),
    /** Of what is carried and asked for: the install scenario; the only one when absent. */
    scenario: id.exactOptional(),
    /** And as it would be in this mode instead of its own. */
    mode: installScenario.shape.mode.exactOptional(),
    run,
  }),
  /** A drawing of draw.io as the first draft of a design. */
  'drawio.import': z.strictObject({
    text: z.string().max(limits.drawingFileBytes),
    page: z.string().min(1).max(200).exactOptional(),
  }),
  /** The drawing as an SVG picture: a view of it, the part around some things, or a flow's way with its hops numbered. */
  'design.picture': z.strictObject({
    source: designSource,
    /** All of it when absent. */
    view: viewKind.exactOptional(),
    /** The references of things: the part of the drawing around them. */
    only: z.array(z.string().min(1).max(200)).min(1).max(10_000).exactOptional(),
    flow: flowChoice.exactOptional(),
    dark: z.boolean().exactOptional(),
  }),
  /** The report of a design: verdicts, pictures, tables, plans. Says nothing of when it was made unless it is told. */
  'report.make': z.strictObject({
    source: designSource,
    /** `document`: its blocks as JSON, to be shown as they are. `pdf`: where the host can print. */
    format: z.enum(['html', 'md', 'json', 'document', 'pdf']),
    language: z.enum(['en', 'ko']),
    cover: z.strictObject({
      title: coverText.exactOptional(),
      version: coverText.exactOptional(),
      date: coverText.exactOptional(),
      author: coverText.exactOptional(),
    }),
    /** A version that was saved of the project: what has changed since is listed. */
    since: name.exactOptional(),
    /** Of Markdown, the folder of its pictures, relative to the text. */
    pictures: z
      .string()
      .regex(/^[\w.-]{1,200}$/)
      .exactOptional(),
    run,
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
  /** Makes a project in the folder for designs, under a name that is free; empty when no source is given. */
  'project.createDraft': z.strictObject({
    source: designSource.exactOptional(),
    name: name.exactOptional(),
  }),
  /** A project file that was handed over as bytes, since the browser does not say where it lies: kept as a copy. */
  'project.receive': z.strictObject({ fileName: z.string().min(1).max(255), base64: text }),
  /** As it is now, without its design. */
  'project.state': ofProject,
  'project.read': ofProject,
  'project.close': ofProject,
  /** Goes on in another file, history and versions included; the old file stays as it was. */
  'project.saveAs': z.strictObject({
    project: projectHandle,
    file: filePath,
    overwrite: z.boolean().exactOptional(),
  }),
  /** Opens a copy beside the original. */
  'project.duplicate': ofProject,
  /** After the file was changed or removed by someone else: take what is there now, or write ours in its place. */
  'project.settle': z.strictObject({ project: projectHandle, keep: z.enum(['theirs', 'ours']) }),
  /** Writes the whole project, history and versions included, to another file. */
  'project.saveCopy': z.strictObject({
    project: projectHandle,
    file: filePath,
    overwrite: z.boolean().exactOptional(),
  }),
  /**
   * Applies one command: all of it, or nothing. Its shape and the entities in it are checked by the project. `read`: the
   * entities that it writes, by reference, as they were read; what somebody else has changed of them since is kept.
   */
  'project.apply': z.strictObject({
    project: projectHandle,
    command: z.unknown(),
    read: z.record(z.string().max(200), z.unknown()).exactOptional(),
    origin,
  }),
  /** What a change would do, without doing it. */
  'project.plan': z.strictObject({ project: projectHandle, change }),
  'project.change': z.strictObject({ project: projectHandle, change, origin }),
  'project.nextFree': z.strictObject({ project: projectHandle, ...nextFreeQuestion.shape }),
  'project.undo': z.strictObject({ project: projectHandle, origin }),
  'project.redo': z.strictObject({ project: projectHandle, origin }),
  /** Undoes or redoes until this step is the last one done; 0 is before the first. */
  'project.goTo': z.strictObject({ project: projectHandle, sequence: z.int().min(0), origin }),
  /** An entity's text form, for the YAML view of the selection, and back: parsed and checked, not yet applied. */
  'entity.format': z.strictObject({
    project: projectHandle,
    refs: z.array(z.string().max(200)).min(1).max(1000),
  }),
  'entity.parse': z.strictObject({ project: projectHandle, ref: z.string().max(200), text }),
  'project.history': z.strictObject({
    project: projectHandle,
    /** Only so many of the latest steps; all when absent. */
    last: z.int().min(1).exactOptional(),
  }),
  'project.versions.list': ofProject,
  'project.versions.save': versionOf,
  'project.versions.restore': z.strictObject({ ...versionOf.shape, origin }),
  /** What differs between two versions, or between a version and the present. */
  'project.versions.compare': z.strictObject({
    project: projectHandle,
    from: name,
    to: name.exactOptional(),
  }),
  'project.versions.delete': versionOf,
} as const satisfies Record<string, z.ZodType>;
