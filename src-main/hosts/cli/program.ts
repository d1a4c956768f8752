import { Command } from 'commander';
import { examples, type Host } from './command.ts';
import { addConnections } from './commands/connections-command.ts';
import { addExport } from './commands/export-command.ts';
import { addImport } from './commands/import-command.ts';
import { addInstall } from './commands/install-command.ts';
import { addLint } from './commands/lint-command.ts';
import { addNew } from './commands/new-command.ts';
import { addOpen } from './commands/open-command.ts';
import { addReport } from './commands/report-command.ts';
import { addTrace } from './commands/trace-command.ts';
import { addVerify } from './commands/verify-command.ts';

const exitCodes =
  'Exit codes: 0 fine, 1 the answer is bad, 2 usage or bad input, 70 a defect of hopscope;\n' +
  'HOPSCOPE_DEBUG=1 in the environment shows where a defect is.';

/** The command line: what there is to say, and which command each sentence means. */
export function createProgram(host: Host): Command {
  const program = new Command('hopscope')
    // What stands behind a command is its own: import has --json, and so have the commands below it.
    .enablePositionalOptions()
    .description(
      'Draw a network, run flows through it offline, and read the trace hop by hop.\n' +
        'FILE is a .hopscope project, or a .yaml or .json design; --example NAME is a sample instead.',
    )
    .version(host.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('hopscope --help lists the commands')
    .addHelpText(
      'after',
      `${examples(
        'trace --example icp-on-vcenter --flow internet-to-web',
        'verify design.yaml --junit verdicts.xml',
        'help trace',
      )}\n${exitCodes}`,
    );
  addTrace(program, host);
  addVerify(program, host);
  addLint(program, host);
  addInstall(program, host);
  addReport(program, host);
  addConnections(program, host);
  addNew(program, host);
  addImport(program, host);
  addExport(program, host);
  addOpen(program, host);
  for (const command of program.commands) {
    command.showHelpAfterError(`hopscope ${command.name()} --help tells more`);
  }
  return program;
}
