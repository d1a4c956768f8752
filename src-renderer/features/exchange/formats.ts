import { installFormats, toolFormats } from '../../../src-main/contract/index.ts';

export type ReportFormat = 'html' | 'pdf' | 'md' | 'json';
export type PictureFormat = 'svg' | 'png';
export type ToolFormat = (typeof toolFormats)[number];
/** Of what is carried and asked for in an install. */
export type InstallFormat = (typeof installFormats)[number];
export type Format = ReportFormat | PictureFormat | ToolFormat | InstallFormat;

export const formatGroups = {
  report: ['html', 'pdf', 'md', 'json'],
  picture: ['svg', 'png'],
  tool: toolFormats,
  install: installFormats,
} as const satisfies {
  report: readonly ReportFormat[];
  picture: readonly PictureFormat[];
  tool: readonly ToolFormat[];
  install: readonly InstallFormat[];
};
export type Group = keyof typeof formatGroups;

export const groupOf = (format: Format): Group =>
  (Object.keys(formatGroups) as Group[]).find((group) =>
    (formatGroups[group] as readonly Format[]).includes(format),
  ) ?? 'tool';

/** Names that are the same in every language. */
export const properNames: Partial<Record<Format, string>> = {
  drawio: 'draw.io',
  mermaid: 'Mermaid',
  dot: 'Graphviz',
  containerlab: 'containerlab',
  clabernetes: 'clabernetes',
  zarf: 'Zarf',
  hauler: 'Hauler',
};

/** The design's name as that of a file. */
export const fileNameOf = (name: string): string =>
  name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80) || 'design';
