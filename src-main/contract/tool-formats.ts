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

/** What an install scenario is written as: what is carried into the network, and what firewalls are asked for. */
export const installFormats = [
  'zarf',
  'hauler',
  'firewall-request-csv',
  'firewall-request-xlsx',
] as const;
