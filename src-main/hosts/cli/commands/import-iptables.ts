import type { Backend } from '../../../contract/index.ts';
import { readManifestFiles } from '../manifest-files.ts';
import { counted } from '../../../sim/vocabulary/counted.ts';
import { usage, type Attempt, type Outcome } from '../outcome.ts';
import { findSource } from '../source.ts';
import { writeImported } from './write-imported.ts';

export interface ImportIptablesOptions {
  /** What iptables-save wrote. */
  readonly file?: string | undefined;
  /** What ip6tables-save wrote. */
  readonly ipv6?: string;
  readonly out: string;
  readonly into?: string;
  readonly node?: string;
  readonly force?: boolean;
}

/** iptables-save → the firewall and translations of a node. What does not become part of it is listed. */
export async function importIptables(
  backend: Backend,
  { file, ipv6, out, into, node, force }: ImportIptablesOptions,
): Promise<Outcome> {
  if (file === undefined && ipv6 === undefined) {
    return usage('usage', 'Expected FILE, what iptables-save wrote, or --ipv6 FILE');
  }
  if ((into === undefined) !== (node === undefined)) {
    return usage('usage', '--into FILE and --node ID go together: expected both, or none');
  }
  const texts = await readBoth(file, ipv6);
  if (!texts.ok) return texts;
  const target = into === undefined ? undefined : await findSource(backend, { file: into });
  if (target && !target.ok) return target;
  const answer = await backend.call('iptables.import', {
    ...texts.value,
    ...(target && node !== undefined ? { into: { source: target.value.source, node } } : {}),
  });
  const title = file ?? ipv6 ?? '';
  if (!answer.ok) return { ok: false, failure: answer.error, file: title };
  const { design, remarks, rules, translations, node: changed } = answer.value;
  return writeImported(backend, design, {
    out,
    force,
    json: { node: changed, rules, translations, remarks },
    lines: () => [
      `${changed} has ${counted(rules, 'rule')} and ${counted(translations, 'translation')}`,
      ...(remarks.length === 0 ? [] : ['Not carried over:']),
      ...remarks.map(({ line, about, text }) => `  ${title}:${line}: ${about}: ${text}`),
    ],
  });
}

async function readBoth(
  file: string | undefined,
  ipv6: string | undefined,
): Promise<Attempt<{ ipv4?: string; ipv6?: string }>> {
  const found: { ipv4?: string; ipv6?: string } = {};
  for (const [key, path] of [
    ['ipv4', file],
    ['ipv6', ipv6],
  ] as const) {
    if (path === undefined) continue;
    const read = await readManifestFiles([path]);
    if (!read.ok) return read;
    const [one] = read.value;
    if (one) found[key] = one.text;
  }
  return { ok: true, value: found };
}
