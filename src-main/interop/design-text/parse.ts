import type { Design } from '../../model/design.ts';
import type { DesignIssue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { parseDesign } from '../../model/validate.ts';
import { readJson } from './read-json.ts';
import type { ReadText } from './read-text.ts';
import { readYaml } from './read-yaml.ts';
import { limitIssue, linesOf, UnreadableText, type TextIssue } from './text-issue.ts';

export type TextFormat = 'yaml' | 'json';

export interface ParseTextOptions {
  /** Told by the file's name where absent, and else by the text: JSON starts with `{`. */
  readonly format?: TextFormat;
  /** Stands in front of each issue's place. */
  readonly fileName?: string;
}

export type ParsedText =
  | { readonly ok: true; readonly value: Design }
  | {
      readonly ok: false;
      /** `unreadable`: no YAML or JSON, or beyond a limit. `invalid`: it can be read, but is no design. */
      readonly reason: 'unreadable' | 'invalid';
      /** In the order of the text. */
      readonly issues: readonly TextIssue[];
      /** Issues that are not listed. */
      readonly omitted: number;
    };

/** Reads the text form of a design. Everything that is wrong with it is found in one go. Throws nothing. */
export function parseDesignText(text: string, options: ParseTextOptions = {}): ParsedText {
  const format = options.format ?? formatOf(text, options.fileName);
  const lines = linesOf(text);
  const placed = (issue: DesignIssue, offset: number): TextIssue => ({
    ...issue,
    ...lines(offset),
    ...(options.fileName !== undefined && { fileName: options.fileName }),
  });
  let read: ReadText;
  try {
    holdSize(text, format);
    read = format === 'json' ? readJson(text) : readYaml(text);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableText)) throw thrown;
    const issues = thrown.issues
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ issue, offset }) => placed(issue, offset));
    return { ok: false, reason: 'unreadable', issues, omitted: 0 };
  }
  const parsed = parseDesign(read.value);
  if (parsed.ok && read.duplicates.length === 0) return parsed;

  const found = parsed.ok ? [] : parsed.issues;
  const offsets = read.locate(
    found.map(({ segments, code }) => ({
      path: segments,
      at: code === 'unknown-key' ? 'key' : 'value',
    })),
  );
  const issues = [
    ...read.duplicates.map(({ issue, offset }) => ({ issue, offset })),
    ...found.map((issue, index) => ({ issue, offset: offsets[index] ?? 0 })),
  ]
    .sort((a, b) => a.offset - b.offset)
    .map(({ issue, offset }) => placed(issue, offset));
  const listed = issues.slice(0, limits.errorsListed);
  const omitted = issues.length - listed.length + (parsed.ok ? 0 : parsed.omitted);
  return { ok: false, reason: 'invalid', issues: listed, omitted };
}

function formatOf(text: string, fileName: string | undefined): TextFormat {
  if (fileName !== undefined && /\.json$/i.test(fileName)) return 'json';
  if (fileName !== undefined && /\.ya?ml$/i.test(fileName)) return 'yaml';
  return /^\ufeff?\s*\{/.test(text) ? 'json' : 'yaml';
}

export function holdSize(text: string, format: TextFormat): void {
  const limit = format === 'json' ? limits.textFileBytes : limits.yamlFileBytes;
  if (utf8Bytes(text, limit) > limit) {
    const issue = limitIssue(`at most ${limit} bytes of ${format === 'json' ? 'JSON' : 'YAML'}`);
    throw new UnreadableText({ issue, offset: 0 });
  }
  if (format === 'json') return;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
    if (lines <= limits.yamlLines) continue;
    const issue = limitIssue(`at most ${limits.yamlLines} lines`);
    throw new UnreadableText({ issue, offset: at + 1 });
  }
}

/** At least as many as `limit` and one where the text is longer: each UTF-16 code unit takes one to three bytes. */
function utf8Bytes(text: string, limit: number): number {
  const isClear = text.length > limit || text.length * 3 <= limit;
  return isClear ? text.length : new TextEncoder().encode(text).length;
}
