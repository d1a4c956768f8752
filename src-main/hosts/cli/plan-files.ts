import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { firewallRequestCsv, type InstallReport } from '../../contract/index.ts';
import { firewallRequestXlsx } from '../../interop/spreadsheet/index.ts';
import { usage, type Attempt } from './outcome.ts';
import { reasonOf } from './source.ts';
import { writeTarget } from './target-file.ts';

/**
 * The files of each plan in a folder of its own, `SCENARIO-MODE`: the firewall request, what is typed, and of each step
 * that writes files a folder which holds them by their paths. A file that is there is replaced by `replace` alone.
 */
export async function writePlans(
  folder: string,
  reports: readonly InstallReport[],
  replace: boolean,
): Promise<Attempt<string>> {
  const files: (readonly [path: string, content: string | Uint8Array])[] = [];
  for (const report of reports) {
    const own = join(folder, `${report.scenario}-${report.mode}`);
    for (const [path, content] of filesOf(report)) files.push([join(own, path), content]);
    const workbook = await firewallRequestXlsx(report.firewallRequest);
    files.push([join(own, 'firewall-request.xlsx'), workbook]);
  }
  for (const [path, content] of files) {
    try {
      await mkdir(dirname(path), { recursive: true });
    } catch (error) {
      return usage('file-unwritable', `Cannot write ${path}: ${reasonOf(error)}`);
    }
    const written = await writeTarget(path, content, { replace });
    if (!written.ok) return written;
  }
  return { ok: true, value: `Wrote ${folder}` };
}

function filesOf({
  plan,
  firewallRequest,
}: InstallReport): readonly (readonly [path: string, content: string])[] {
  const numbered = plan.steps.map((step, at) => ({
    ...step,
    number: String(at + 1).padStart(2, '0'),
  }));
  const typed = numbered.flatMap(({ number, text, nodes, commands }) => [
    `${number}. ${text}${nodes.length === 0 ? '' : ` (${nodes.join(', ')})`}`,
    ...commands.map((command) => `    ${command}`),
  ]);
  return [
    ['steps.txt', `${typed.join('\n')}\n`],
    ['firewall-request.csv', firewallRequestCsv(firewallRequest)],
    ...numbered.flatMap(({ number, files }) =>
      files.map(({ path, content }) => [join(number, inside(path)), content] as const),
    ),
  ];
}

/** The path as one beneath the folder, whatever it was. */
const inside = (path: string): string =>
  path
    .split('/')
    .map((part) => (part === '~' ? 'home' : part.replaceAll(/[^\w.@+-]+/g, '-')))
    .filter((part) => part !== '' && !/^\.+$/.test(part))
    .join('/') || 'file';
