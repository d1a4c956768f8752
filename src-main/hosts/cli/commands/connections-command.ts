import type { Command } from 'commander';
import { exampleOption, jsonOption } from '../arguments.ts';
import { designFile, examples, type Host, type Options } from '../command.ts';
import { connections, type ConnectionsOptions } from './connections.ts';

export function addConnections(program: Command, { run }: Host): void {
  program
    .command('connections')
    .summary('list what the policies of a cluster let through')
    .description(
      'Lists for each pair of workloads, the outside world as address ranges, and the ingress controller which\n' +
        'protocols and ports the network policies, services and ingresses let through: exactly, one line a pair.',
    )
    .usage('(FILE | --example NAME) [--cluster ID] [--json]')
    .argument('[FILE]', designFile)
    .addOption(exampleOption())
    .option('--cluster <id>', 'one cluster of several')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('connections --example icp-on-vcenter', 'connections design.yaml --json'),
    )
    .action((path: string | undefined, options: Options<ConnectionsOptions>) =>
      run((backend) => connections(backend, { ...options, file: path }), options.json === true),
    );
}
