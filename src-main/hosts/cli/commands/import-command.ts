import type { Command } from 'commander';
import { jsonOption } from '../arguments.ts';
import { examples, type Host, type Json } from '../command.ts';
import { importText } from './convert.ts';
import { addImportArtifacts } from './import-artifacts-command.ts';
import { addImportDrawio } from './import-drawio-command.ts';
import { addImportIptables } from './import-iptables-command.ts';
import { addImportKubernetes } from './import-kubernetes-command.ts';

export function addImport(program: Command, host: Host): void {
  const { run } = host;
  const command = program
    .command('import')
    .enablePositionalOptions()
    .summary('make a project file from a text design')
    .description('Makes a .hopscope project file from a .yaml or .json design.')
    .usage('FILE OUT.hopscope [--json]')
    .argument('<FILE>', 'a .yaml or .json design')
    .argument('<OUT>', 'the .hopscope file to make')
    .addOption(jsonOption())
    .addHelpText('after', examples('import design.yaml design.hopscope'))
    .action((path: string, out: string, options: Json) =>
      run((backend) => importText(backend, { file: path, out }), options.json === true),
    );
  addImportDrawio(command, host);
  addImportKubernetes(command, host);
  addImportIptables(command, host);
  addImportArtifacts(command, host);
}
