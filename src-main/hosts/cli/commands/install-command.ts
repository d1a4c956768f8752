import { Option, type Command } from 'commander';
import { exampleOption, jsonOption } from '../arguments.ts';
import { designFile, examples, type Host, type Options } from '../command.ts';
import { install, type InstallOptions } from './install.ts';

export function addInstall(program: Command, { run }: Host): void {
  program
    .command('install')
    .summary('tell whether a product can be installed from here')
    .description(
      'Goes through the install scenarios of the design step by step: who asks whom for what, by which proxy or mirror,\n' +
        'whether packets get there and back, what stops it, and what has to change.\n' +
        'The exit code is 1 where one of them cannot work.',
    )
    .usage('(FILE | --example NAME) [--scenario ID] [--mode MODE] [--plan DIR [--force]] [--json]')
    .argument('[FILE]', designFile)
    .addOption(exampleOption())
    .option('--scenario <id>', 'one scenario of several')
    .addOption(
      new Option('--mode <mode>', "another mode than the scenario's own, or all three").choices([
        'connected',
        'proxy',
        'air-gapped',
        'all',
      ]),
    )
    .option('--plan <dir>', 'write the files of the plan and the firewall request into a folder')
    .option('--force', 'replace files that are in the folder')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'install --example icp-on-vcenter --scenario icp-by-proxy',
        'install --example icp-on-vcenter --scenario icp-air-gapped --plan plan',
        'install design.yaml --scenario icp-air-gapped --json',
      ),
    )
    .action((path: string | undefined, options: Options<InstallOptions>) =>
      run((backend) => install(backend, { ...options, file: path }), options.json === true),
    );
}
