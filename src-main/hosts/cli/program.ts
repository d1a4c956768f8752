import { Command, InvalidArgumentError, Option } from 'commander';
import type { Backend } from '../../contract/index.ts';
import { exampleOption, forceOption, jsonOption, readCount, readPort } from './arguments.ts';
import { connections, type ConnectionsOptions } from './commands/connections.ts';
import { exportText, importText, type ExportOptions } from './commands/convert.ts';
import { importArtifacts, type ImportArtifactsOptions } from './commands/import-artifacts.ts';
import {
  exportFormat,
  formatOfName,
  isOtherFormat,
  otherFormats,
  type PictureOptions,
  type ScenarioOptions,
} from './commands/export-format.ts';
import { importDrawio, type ImportDrawioOptions } from './commands/import-drawio.ts';
import { importIptables, type ImportIptablesOptions } from './commands/import-iptables.ts';
import { importKubernetes, type ImportKubernetesOptions } from './commands/import-kubernetes.ts';
import { install, type InstallOptions } from './commands/install.ts';
import { lint } from './commands/lint.ts';
import { create, emptyTemplate, type NewOptions } from './commands/new.ts';
import { report, type ReportOptions } from './commands/report.ts';
import { trace, type TraceOptions } from './commands/trace.ts';
import { verify, type VerifyOptions } from './commands/verify.ts';
import type { Outcome } from './outcome.ts';
import { inventoryKinds } from '../../interop/inventory/index.ts';
import type { SourceOptions } from './source.ts';

/** What the program asks of the process that it runs in. */
export interface Host {
  readonly version: string;
  /** Runs one command on the backend and shows what it has to say. */
  readonly run: (command: (backend: Backend) => Promise<Outcome>, json: boolean) => Promise<void>;
  /** Opens the desktop app, or the same app in the browser; resolves when it is closed. */
  readonly open: (file: string | undefined, port: number | undefined) => Promise<void>;
}

interface Json {
  readonly json?: true;
}
type Options<Of> = Omit<Of, 'file' | 'out'> & Json;

const file = 'a .hopscope project, or a .yaml or .json design';
const exitCodes =
  'Exit codes: 0 fine, 1 the answer is bad, 2 usage or bad input, 70 a defect of hopscope;\n' +
  'HOPSCOPE_DEBUG=1 in the environment shows where a defect is.';

const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ hopscope ${line}`).join('\n')}\n`;

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

function addTrace(program: Command, { run }: Host): void {
  program
    .command('trace')
    .summary('run a flow and tell its way, hop by hop')
    .description(
      'Runs a flow and tells its way, hop by hop, forward and back.\n' +
        'Of one that does not arrive it tells all that is in its way, and the smallest changes that are proven to help.\n' +
        'A trace judges nothing: the exit code is 0 whether or not the flow arrives. verify judges.',
    )
    .usage('(FILE | --example NAME) (--flow ID | --from X --to Y) [options]')
    .argument('[FILE]', file)
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

function addVerify(program: Command, { run }: Host): void {
  program
    .command('verify')
    .summary('run every intent')
    .description(
      'Runs every intent of the design: its flows, and each pair and service of its matrices, on every path.\n' +
        'The exit code is 1 where one of them does not hold.',
    )
    .usage('(FILE | --example NAME) [--junit OUT] [--json]')
    .argument('[FILE]', file)
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

function addLint(program: Command, { run }: Host): void {
  program
    .command('lint')
    .summary('check the design without running a flow')
    .description(
      'Checks the design without running a flow: overlaps, addresses that nobody has, rules that never match.\n' +
        'The exit code is 1 where there is an error; warnings alone are fine.',
    )
    .usage('(FILE | --example NAME) [--json]')
    .argument('[FILE]', file)
    .addOption(exampleOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('lint --example icp-on-vcenter', 'lint design.yaml --json'))
    .action((path: string | undefined, options: Options<SourceOptions>) =>
      run((backend) => lint(backend, { ...options, file: path }), options.json === true),
    );
}

function addInstall(program: Command, { run }: Host): void {
  program
    .command('install')
    .summary('tell whether a product can be installed from here')
    .description(
      'Goes through the install scenarios of the design step by step: who asks whom for what, by which proxy or mirror,\n' +
        'whether packets get there and back, what stops it, and what has to change.\n' +
        'The exit code is 1 where one of them cannot work.',
    )
    .usage('(FILE | --example NAME) [--scenario ID] [--mode MODE] [--plan DIR [--force]] [--json]')
    .argument('[FILE]', file)
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

function addReport(program: Command, { run }: Host): void {
  program
    .command('report')
    .summary('write the design report')
    .description(
      'Writes what the design is and what came of its flows, intents, checks and install scenarios: a .html file that\n' +
        'reads without a network and prints well, the same as .pdf (by a Chromium that is on the machine), .md with its\n' +
        'pictures in a folder beside it, or .json. The same design gives the same bytes: the date is what --date says.',
    )
    .usage('(FILE | --example NAME) --out OUT [--language en|ko] [--title TEXT] [options]')
    .argument('[FILE]', file)
    .addOption(exampleOption())
    .option('-o, --out <out>', 'the .html, .pdf, .md or .json file to make')
    .addOption(
      new Option('--language <code>', 'the language that it is written in').choices(['en', 'ko']),
    )
    .option('--title <text>', "the title, the design's name when absent")
    .option('--document-version <text>', 'the version of the document')
    .option('--date <text>', 'the date of the document')
    .option('--author <text>', 'who wrote it')
    .option('--since <version>', 'list what has changed since a version of the project')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'report --example icp-on-vcenter --out report.html',
        'report design.yaml --out report.md --language ko --date 2026-12-01',
        'report project.hopscope --out report.json --document-version 1.2 --author Architecture',
      ),
    )
    .action((path: string | undefined, options: Options<ReportOptions> & { out?: string }) =>
      run((backend) => report(backend, { ...options, file: path }), options.json === true),
    );
}

function addConnections(program: Command, { run }: Host): void {
  program
    .command('connections')
    .summary('list what the policies of a cluster let through')
    .description(
      'Lists for each pair of workloads, the outside world as address ranges, and the ingress controller which\n' +
        'protocols and ports the network policies, services and ingresses let through: exactly, one line a pair.',
    )
    .usage('(FILE | --example NAME) [--cluster ID] [--json]')
    .argument('[FILE]', file)
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

function addNew(program: Command, { run }: Host): void {
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

function addImport(program: Command, host: Host): void {
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
  command
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
  command
    .command('kubernetes')
    .summary('make a design of Kubernetes manifests')
    .description(
      'Makes a design of Kubernetes manifests (YAML or JSON, files and folders): workloads with their pods placed and\n' +
        'addressed, services, ingresses, network policies. What does not become part of it is listed with its place.',
    )
    .usage('PATH… -o OUT [--into FILE [--cluster ID]] [--json]')
    .argument('<PATH...>', 'manifests, or folders of them')
    .requiredOption('-o, --out <out>', 'the .hopscope, .yaml or .json file to make')
    .option(
      '--into <file>',
      'a design whose cluster takes the pods, instead of a cluster made for them',
    )
    .option('--cluster <id>', 'one cluster of several, with --into')
    .option('--nodes <number>', 'nodes of the cluster that is made (3)', readCount)
    .option('--pod-cidr <cidr...>', 'where pods get their addresses from (172.30.0.0/16)')
    .option('--service-cidr <cidr...>', 'where services get their addresses from (172.21.0.0/16)')
    .option('--node-cidr <cidr>', 'subnet of the nodes (10.10.0.0/24)')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('import kubernetes manifests/ -o shop.yaml'))
    .action((paths: readonly string[], options: Omit<ImportKubernetesOptions, 'paths'> & Json) =>
      run((backend) => importKubernetes(backend, { ...options, paths }), options.json === true),
    );
  command
    .command('iptables')
    .summary('make the firewall and translations of a node of iptables-save')
    .description(
      'Makes the firewall and translations of a node of what iptables-save (and ip6tables-save) wrote: of one in a design\n' +
        'whose interfaces have the same names, or of a router that is made. What cannot be said exactly is listed.',
    )
    .usage('[FILE] [--ipv6 FILE] -o OUT [--into FILE --node ID] [--json]')
    .argument('[FILE]', 'what iptables-save wrote')
    .option('--ipv6 <file>', 'what ip6tables-save wrote')
    .requiredOption('-o, --out <out>', 'the .hopscope, .yaml or .json file to make')
    .option('--into <file>', 'the design that has the node')
    .option('--node <id>', 'the node that has the rules')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('import iptables rules.txt -o router.yaml'))
    .action((path: string | undefined, options: Omit<ImportIptablesOptions, 'file'> & Json) =>
      run((backend) => importIptables(backend, { ...options, file: path }), options.json === true),
    );
  addImportArtifacts(command, host);
}

function addImportArtifacts(parent: Command, { run }: Host): void {
  parent
    .command('artifacts')
    .summary('add what files say is to be fetched to an install scenario')
    .description(
      'Adds what files and folders say is to be fetched to the artifacts of an install scenario: lists of images\n' +
        "(docker images too) and packages, what helm template renders and other manifests, zarf.yaml, Hauler's manifests,\n" +
        'Terraform configurations and lock files. What is not understood or not taken is listed with its place.',
    )
    .usage(
      'PATH… -o OUT --into FILE --scenario ID [--kind KIND] [--needed-by ROLE…] [--force] [--json]',
    )
    .argument('<PATH...>', 'files, or folders of them')
    .requiredOption('-o, --out <out>', 'the .hopscope, .yaml or .json file to make')
    .requiredOption('--into <file>', 'the design that has the scenario')
    .requiredOption('--scenario <id>', 'the install scenario that takes them')
    .addOption(
      new Option('--kind <name>', 'what every file is, where its content does not tell').choices(
        inventoryKinds,
      ),
    )
    .option('--needed-by <role...>', 'who needs all of it: roles of cluster nodes, or nodes')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'import artifacts images.txt charts/ -o plan.yaml --into design.yaml --scenario icp',
      ),
    )
    .action((paths: readonly string[], options: Omit<ImportArtifactsOptions, 'paths'> & Json) =>
      run((backend) => importArtifacts(backend, { ...options, paths }), options.json === true),
    );
}

function addExport(program: Command, { run }: Host): void {
  program
    .command('export')
    .summary("write a design in its text form, as a picture, or in another tool's format")
    .description(
      'Writes a design in its text form, normalised: the same design gives the same bytes. Without OUT it is printed.\n' +
        'With a format of another tool it writes a file, or a folder of files, and lists what does not carry over:\n' +
        'svg and png pictures (png by a Chromium that is on the machine), drawio, mermaid, dot, netbox (CSV),\n' +
        'containerlab, clabernetes, linux (shell scripts), nsx-v (XML), nsx-t (policy JSON), policies (Kubernetes and\n' +
        "Calico, of the design's intents); of an install scenario zarf and hauler (what is carried) and\n" +
        'firewall-request (CSV or a workbook, by what OUT ends in), as the plan of install has them.',
    )
    .usage('(FILE | --example NAME) [--out OUT] [--format NAME] [--force] [--json]')
    .argument('[FILE]', file)
    .addOption(exampleOption())
    .option('-o, --out <out>', 'the file to make, or the folder where a format has several files')
    .addOption(
      new Option(
        '--format <name>',
        'yaml (the default) and json are its own; told by OUT where that says it',
      ).choices(['yaml', 'json', ...Object.keys(otherFormats)]),
    )
    .addOption(
      new Option('--view <name>', 'what a picture shows').choices([
        'all',
        'underlay',
        'overlay',
        'kubernetes',
      ]),
    )
    .option('--flow <id>', 'the way of a flow in a picture, its hops numbered')
    .option('--only <id...>', 'the part of a picture around some things')
    .option('--dark', 'a dark picture')
    .option(
      '--scenario <id>',
      'zarf, hauler, firewall-request: the install scenario, where there are several',
    )
    .addOption(
      new Option('--mode <name>', 'and as it would be in another mode than its own').choices([
        'connected',
        'proxy',
        'air-gapped',
      ]),
    )
    .option('--scale <number>', 'pixels of a png a pixel of the drawing (2)', readScale)
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'export project.hopscope --out design.yaml',
        'export project.hopscope --format json',
        'export --example icp-on-vcenter --out overlay.svg --view overlay',
        'export --example icp-on-vcenter --out design.drawio',
        'export --example icp-on-vcenter --format netbox --out netbox',
        'export --example icp-on-vcenter --format zarf --scenario icp-air-gapped --out zarf.yaml',
      ),
    )
    .action(
      (
        path: string | undefined,
        options: Options<ExportOptions> & PictureOptions & ScenarioOptions & { out?: string },
      ) => {
        const { format, out } = options as { format?: string; out?: string };
        const other = format ?? (out === undefined ? undefined : formatOfName(out));
        return run(
          (backend) =>
            other !== undefined && isOtherFormat(other)
              ? exportFormat(backend, other, { ...options, file: path })
              : exportText(backend, { ...options, file: path }),
          options.json === true,
        );
      },
    );
}

function readScale(text: string): number {
  const scale = Number(text);
  if (scale >= 0.1 && scale <= 8) return scale;
  throw new InvalidArgumentError('expected a number from 0.1 to 8');
}

function addOpen(program: Command, { open }: Host): void {
  program
    .command('open')
    .summary('open the app')
    .description(
      'Opens the desktop app. Where there is no Electron binary, the same app is served to this\n' +
        "machine's browser on 127.0.0.1 alone, until Ctrl-C.\n" +
        'A project is opened to be edited; of a text design a project is made in your folder for designs.',
    )
    .usage('[FILE] [--port NUMBER]')
    .argument('[FILE]', file)
    .option('--port <number>', 'serve it to the browser, on this port', readPort)
    .addHelpText('after', examples('open', 'open project.hopscope', 'open --port 8080'))
    .action((path: string | undefined, options: { readonly port?: number }) =>
      open(path, options.port),
    );
}
