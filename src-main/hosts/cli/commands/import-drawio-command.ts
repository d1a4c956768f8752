import type { Command } from 'commander';
import { forceOption, jsonOption } from '../arguments.ts';
import type { Host, Json } from '../command.ts';
import { importDrawio, type ImportDrawioOptions } from './import-drawio.ts';

export function addImportDrawio(parent: Command, { run }: Host): void {
  parent
    .command('drawio')
    .summary('make a first draft of a design of a drawing')
    .description(
      'Makes a first draft of a design of a drawing of draw.io: shapes become machines, networks and sites, connectors\n' +
        'links and interfaces. What was guessed or not understood is listed with its cell.',
    )
    .usage('FILE.drawio -o OUT [--page NAME] [--json]')
    .argument('<FILE>', 'a .drawio or .xml file')
    .requiredOption('-o, --out <out>', 'the .hopscope, .yaml or .json file to make')
    .option('--page <name>', 'one page of several')
    .addOption(forceOption())
    .addOption(jsonOption())
    .action((path: string, options: Omit<ImportDrawioOptions, 'file'> & Json) =>
      run((backend) => importDrawio(backend, { ...options, file: path }), options.json === true),
    );
}
