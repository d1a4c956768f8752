import type { Command } from 'commander';
import { forceOption, jsonOption } from '../arguments.ts';
import { examples, type Host, type Options } from '../command.ts';
import { create, emptyTemplate, type NewOptions } from './new.ts';

export function addNew(program: Command, { run }: Host): void {
  program
    .command('new')
    .summary('make a design from a template')
    .description(
      'Makes a design from a template. OUT is a .hopscope project, or a .yaml or .json design.',
    )
    .usage('OUT [--template NAME] [--force] [--json]')
    .argument('<OUT>', 'the file to make')
    .option('--template <name>', `${emptyTemplate}, or the name of a sample`, emptyTemplate)
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
--force replaces a text file. A project is never replaced: its history would go
with it.
${examples('new office.hopscope', 'new icp.yaml --template icp-on-vcenter')}`,
    )
    .action((out: string, options: Options<NewOptions>) =>
      run((backend) => create(backend, { ...options, out }), options.json === true),
    );
}
