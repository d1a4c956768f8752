/** The formats of other tools that a design is written in. */
export const toolFormats = [
  'drawio',
  'mermaid',
  'dot',
  'netbox',
  'linux',
  'containerlab',
  'clabernetes',
  'nsx-v',
  'nsx-t',
  'policies',
] as const;
