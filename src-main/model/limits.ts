/** What a design may hold at the most. A file beyond a limit is refused with a sentence that names the limit. */
export const limits = {
  /** Bytes of a text-form file. */
  textFileBytes: 64 * 1024 * 1024,
  /** Bytes of a text-form file in YAML, which takes far more time and memory to read than JSON. */
  yamlFileBytes: 16 * 1024 * 1024,
  /** Lines of a YAML file. */
  yamlLines: 1_000_000,
  /** Words, signs and line breaks of a YAML file: bounds the time that it takes to read. */
  yamlTokens: 6_000_000,
  /** Anchors, aliases and tags in one YAML file. */
  yamlProperties: 10_000,
  /** Nodes that YAML aliases may expand to in one document. */
  yamlAliasExpansions: 10_000,
  /** Depth of nested maps and lists in a text-form file. */
  nestingDepth: 64,
  /** Characters of a drawing of another program, and bytes of one of its pages once it is inflated. */
  drawingFileBytes: 32 * 1024 * 1024,
  /** Shapes and connectors of a drawing of another program. */
  drawingCells: 100_000,
  /** Entities of one kind. */
  entitiesPerKind: 100_000,
  /** Members of one list inside an entity (interfaces of a node, rules of a firewall, pods of a workload…). */
  listLength: 20_000,
  /** Characters of an address, name or other single-line value that is no free text. */
  textLength: 512,
  nameLength: 200,
  notesLength: 20_000,
  /** Bytes of an artifact, or of the medium that carries it: 1 PiB. */
  carriedBytes: 2 ** 50,
  /** Errors that one check of a design lists; the rest is counted. */
  errorsListed: 200,
} as const;
