import { showValue } from '../../model/issue.ts';
import type { Findings, InventoryFile } from './findings.ts';
import { linesOf } from './lines.ts';

interface Format {
  /** Whether a line is written in it. */
  readonly line: RegExp;
  /** The package's name; undefined where the line says that it is not to be there. */
  readonly name: (groups: Readonly<Record<string, string>>) => string | undefined;
}

/** Names of packages: Debian Policy §5.6.1, and RPM's, which may have capitals and underscores. */
const name = '[A-Za-z0-9][A-Za-z0-9+._-]*';
const rpmArchitecture = '(?:x86_64|noarch|i[3-6]86|aarch64|ppc64le|s390x|armv7hl)';

const formats: readonly Format[] = [
  {
    // dpkg --get-selections
    line: new RegExp(
      `^(?<name>${name})(?::[a-z0-9]+)?\\s+(?<wanted>install|hold|deinstall|purge)$`,
    ),
    name: ({ name: found, wanted }) =>
      wanted === 'install' || wanted === 'hold' ? found : undefined,
  },
  {
    // dpkg -l
    line: new RegExp(`^(?<wanted>[uihrp][a-zA-Z]R?)\\s+(?<name>${name})(?::[a-z0-9]+)?\\s+\\S+`),
    name: ({ name: found, wanted = '' }) => (/^[ih]/.test(wanted) ? found : undefined),
  },
  {
    // apt list
    line: new RegExp(`^(?<name>${name})/\\S+\\s+\\S+\\s+[a-z0-9]+(?:\\s+\\[.*\\])?$`),
    name: ({ name: found }) => found,
  },
  {
    // yum list, dnf list
    line: new RegExp(`^(?<name>${name})\\.${rpmArchitecture}\\s+\\S+\\s+\\S+$`),
    name: ({ name: found }) => found,
  },
  {
    // rpm -qa: NAME-VERSION-RELEASE.ARCHITECTURE
    line: new RegExp(`^(?<name>${name})-[^-\\s]+-[^-\\s]+\\.${rpmArchitecture}$`),
    name: ({ name: found }) => found,
  },
  {
    // apt-get install NAME…, yum install NAME…
    line: new RegExp(`^(?<name>${name}(?:=\\S+)?)$`),
    name: ({ name: found }) => found,
  },
];

/** Lines of those programs that name no package. */
const furniture =
  /^(Desired=|\|\s|\|?\/|\+\+\+-|Listing\.\.\.|Installed Packages|Available Packages|Loaded plugins|Last metadata|Loading )/;

/** Command lines that install what they name. */
const command = /^(?:sudo\s+)?(?:apt|apt-get|yum|dnf)\s+(?:-\S+\s+)*install\s+(?<rest>.+)$/;

/** A list of operating-system packages: names, or what dpkg, apt, yum and rpm print of them. */
export function readPackages({ name: file, text }: InventoryFile, findings: Findings): void {
  for (const { text: whole, line } of linesOf(text)) {
    if (furniture.test(whole)) continue;
    const asked = command.exec(whole)?.groups?.['rest'];
    const entries = asked === undefined ? [whole] : asked.split(/\s+/);
    for (const entry of entries) {
      if (asked !== undefined && entry.startsWith('-')) continue;
      readEntry(file, line, entry, findings);
    }
  }
}

function readEntry(file: string, line: number, entry: string, findings: Findings): void {
  for (const format of formats) {
    const groups = format.line.exec(entry)?.groups;
    if (!groups) continue;
    const reference = format.name(groups);
    if (reference !== undefined) {
      findings.add({ kind: 'package', reference, file, line, why: 'package list' });
    }
    return;
  }
  findings.remark(file, line, 'package list', `${showValue(entry)} names no package`);
}

/** Whether a line is one that only lists of packages have. */
export const isPackageLine = (text: string): boolean =>
  furniture.test(text) ||
  command.test(text) ||
  formats.slice(0, -1).some(({ line }) => line.test(text));
