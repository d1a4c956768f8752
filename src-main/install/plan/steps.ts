import type { PlanFile } from './file.ts';

/** What is done on one kind of machine, in order: files are written first, then their programs are told. */
export interface PlanStep {
  readonly title: string;
  readonly files: readonly PlanFile[];
  /** Each once; where several files ask for one command, behind all that the others ask for before it. */
  readonly commands: readonly string[];
}

/** Puts the files of one kind of machine together. Of two for one path the later one stays. */
export function planStep(title: string, files: readonly PlanFile[]): PlanStep {
  const byPath = new Map<string, PlanFile>();
  for (const file of files) {
    // A part is put into the file beside the other parts.
    const key = file.isPart ? `${file.path} ${file.content}` : file.path;
    byPath.delete(key);
    byPath.set(key, file);
  }
  const kept = [...byPath.values()];
  const commands = kept.flatMap((file) => file.commands);
  return {
    title,
    files: kept,
    commands: [...new Set(commands)].sort((a, b) => rank(a) - rank(b)),
  };
}

/** Checks before anything is restarted; units are read anew before a program is started by one. */
function rank(command: string): number {
  if (/^(dockerd --validate|containerd config dump) /.test(command)) return 0;
  if (command === 'systemctl daemon-reload') return 1;
  return command.startsWith('systemctl restart ') ? 2 : 3;
}
