import type { Command } from 'commander';
import { exampleOption, jsonOption } from '../arguments.ts';
import { designFile, examples, type Host, type Options } from '../command.ts';
import type { SourceOptions } from '../source.ts';
import { lint } from './lint.ts';

export function addLint(program: Command, { run }: Host): void {
  program
    .command('lint')
    .summary('check the design without running a flow')
    .description(
      'Checks the design without running a flow: overlaps, addresses that nobody has, rules that never match.\n' +
        'The exit code is 1 where there is an error; warnings alone are fine.',
    )
    .usage('(FILE | --example NAME) [--json]')
    .argument('[FILE]', designFile)
    .addOption(exampleOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('lint --example icp-on-vcenter', 'lint design.yaml --json'))
    .action((path: string | undefined, options: Options<SourceOptions>) =>
      run((backend) => lint(backend, { ...options, file: path }), options.json === true),
    );
}
