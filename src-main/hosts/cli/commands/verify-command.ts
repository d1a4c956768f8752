import type { Command } from 'commander';
import { exampleOption, jsonOption } from '../arguments.ts';
import { designFile, examples, type Host, type Options } from '../command.ts';
import { verify, type VerifyOptions } from './verify.ts';

export function addVerify(program: Command, { run }: Host): void {
  program
    .command('verify')
    .summary('run every intent')
    .description(
      'Runs every intent of the design: its flows, and each pair and service of its matrices, on every path.\n' +
        'The exit code is 1 where one of them does not hold.',
    )
    .usage('(FILE | --example NAME) [--junit OUT] [--json]')
    .argument('[FILE]', designFile)
    .addOption(exampleOption())
    .option('--junit <out>', 'write the verdicts as JUnit XML')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('verify --example icp-on-vcenter', 'verify design.yaml --junit verdicts.xml'),
    )
    .action((path: string | undefined, options: Options<VerifyOptions>) =>
      run((backend) => verify(backend, { ...options, file: path }), options.json === true),
    );
}
