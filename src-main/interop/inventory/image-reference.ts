import { showValue } from '../../model/issue.ts';
import type { Findings } from './findings.ts';

/** https://github.com/distribution/reference/blob/main/regexp.go: domain, path, tag and digest of a reference. */
const domain =
  /(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?/;
const component = /[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*/;
const path = `${component.source}(?:/${component.source})*`;
const tag = /:(?<tag>\w[\w.-]{0,127})/;
const digest = /@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})/;
const reference = new RegExp(
  `^(?:${domain.source}/)?${path}(?:${tag.source})?(?:${digest.source})?$`,
);

/** Longest name of a repository, in characters: the same source, RepositoryNameTotalLengthMax, with room for the rest. */
const lengthLimit = 512;

/** Whether it names an image, and in which version. */
export function readImageReference(
  text: string,
): { readonly tag?: string; readonly digest?: string } | undefined {
  if (text.length > lengthLimit) return undefined;
  const groups = reference.exec(text)?.groups;
  // All 64 digits and no more would be an image's id, not its name.
  if (!groups || /^[0-9a-f]{64}$/.test(text)) return undefined;
  const { tag: found, digest: sum } = groups;
  return {
    ...(found === undefined ? {} : { tag: found }),
    ...(sum === undefined ? {} : { digest: sum }),
  };
}

interface Told {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** Takes an image down, or says why it is none. */
export function addImage(findings: Findings, text: string, { file, line, why }: Told): void {
  const bare = text.trim().replace(/^(docker|oci):\/\//, '');
  const found = readImageReference(bare);
  if (!found) {
    findings.remark(file, line, why, `${showValue(text)} is no image reference`);
    return;
  }
  findings.add({ kind: 'image', reference: bare, file, line, why });
  if (found.tag === undefined && found.digest === undefined) {
    findings.remark(file, line, why, `${bare} has no tag and no digest: latest is pulled`);
  }
}

/** References that name their registry, with a tag or digest, in a text that is not known to hold any. */
const inside =
  /(?<=^|[\s=,"'`(])(?:docker:\/\/)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+(?::\w[\w.-]{0,127}(?:@sha256:[a-f0-9]{64})?|@sha256:[a-f0-9]{64}))(?=$|[\s,"'`);])/g;

/** What of a free text may be images. */
export function imagesInside(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, one] of text.matchAll(inside)) if (one !== undefined) found.add(one);
  return [...found];
}
