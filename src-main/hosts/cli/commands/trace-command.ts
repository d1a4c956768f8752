import { Option, type Command } from 'commander';
import { exampleOption, jsonOption, readPort } from '../arguments.ts';
import { designFile, examples, type Host, type Options } from '../command.ts';
import { trace, type TraceOptions } from './trace.ts';

export function addTrace(program: Command, { run }: Host): void {
  program
    .command('trace')
    .summary('run a flow and tell its way, hop by hop')
    .description(
      'Runs a flow and tells its way, hop by hop, forward and back.\n' +
        'Of one that does not arrive it tells all that is in its way, and the smallest changes that are proven to help.\n' +
        'A trace judges nothing: the exit code is 0 whether or not the flow arrives. verify judges.',
    )
    .usage('(FILE | --example NAME) (--flow ID | --from X --to Y) [options]')
    .argument('[FILE]', designFile)
    .addOption(exampleOption())
    .option('--flow <id>', 'a flow of the design')
    .option('--from <x>', 'sender: the id of a node or pod, or ADDRESS@SEGMENT')
    .option(
      '--to <y>',
      'receiver: a URL, an address, a host name, or the id of a node, pod or service',
    )
    .option('--port <number>', 'destination port, with --from and --to', readPort)
    .addOption(
      new Option(
        '--protocol <name>',
        'tcp (the default), udp or icmp, with --from and --to',
      ).choices(['tcp', 'udp', 'icmp']),
    )
    .option('--all-paths', 'follow every equal-cost path, pool member and endpoint')
    .option('--pcap <out>', 'write the trace as a pcapng capture')
    .option('--brief', 'one line a hop')
    .option('--fix', 'make the changes that are proven to help, in the project or in OUT')
    .option('-o, --output <out>', 'with --fix: the design to write; the project itself when absent')
    .option('--force', 'with --fix: also against an intent, and over an OUT that is there')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
--to is tried as a URL, an address, the id of a node, pod or service, and then
as a host name, which needs a dot. What means two things is refused; node:ID,
pod:ID, service:ID and name:NAME say which is meant.
ADDRESS@SEGMENT means the node that has the address there; where nobody has it,
a host that the design does not draw.
--fix changes a project as one step that can be undone. The exit code is 1 where
no change helps, or one would be against an intent.
With --all-paths, --pcap writes a capture a path: OUT-1, OUT-2 and so on, before
the extension.
${examples(
  'trace --example icp-on-vcenter --flow internet-to-web',
  'trace --example icp-on-vcenter --flow web-to-db --brief',
  'trace design.yaml --from worker-1 --to db-vm --port 3306',
  'trace design.yaml --from 198.51.100.77@internet --to 203.0.113.43 --port 443 --json',
  'trace project.hopscope --flow web-to-db --all-paths --pcap web-to-db.pcapng',
  'trace --example icp-as-documented --flow internet-to-web --brief --fix -o opened.yaml',
)}`,
    )
    .action((path: string | undefined, options: Options<TraceOptions>) =>
      run((backend) => trace(backend, { ...options, file: path }), options.json === true),
    );
}
