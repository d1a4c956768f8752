import { describe, expect, test } from 'vitest';
import { readInventory } from '../../../src-main/interop/inventory/index.ts';
import { parseHcl } from '../../../src-main/interop/inventory/hcl/parse.ts';
import { issues, read, references } from './read.ts';

describe('the providers of a configuration', () => {
  test('are what it requires, in the long and the short form, between comments', () => {
    const text = `# a configuration
terraform {
  required_version = ">= 1.5" // of the program
  required_providers {
    /* VMware's
       own */
    vsphere = {
      source  = "hashicorp/vsphere"
      version = "~> 2.8"
    }
    ibm = { "source" : "IBM-Cloud/ibm", version = ">= 1.60" }
    tls = "~> 4.0"
    own = { source = "registry.example.com/acme/own", configuration_aliases = [own.a, own.b] }
    none = { version = "1.0" }
  }
  backend "s3" { bucket = "b" }
}
`;
    expect(read(text, 'main.tf').artifacts).toEqual([
      '7 terraform hashicorp/vsphere: required provider vsphere',
      '11 terraform ibm-cloud/ibm: required provider ibm',
      '12 terraform hashicorp/tls: required provider tls',
      '13 terraform registry.example.com/acme/own: required provider own',
      '14 terraform hashicorp/none: required provider none',
    ]);
  });

  test('are those that resources use without a word as well', () => {
    const text = `provider "aws" { region = "us-east-1" }
resource "null_resource" "x" {}
data "template_file" "y" { template = "\${path.module}/a \${"}"}" }
resource "terraform_data" "z" {}
resource "vsphere_virtual_machine" "vm" {
  provider = vsphere.east
}
`;
    expect(references(text, 'main.tf')).toEqual([
      'terraform hashicorp/aws',
      'terraform hashicorp/null',
      'terraform hashicorp/template',
    ]);
  });

  test('are found in another file of the same configuration', () => {
    const found = readInventory([
      { name: 'main.tf', text: 'resource "ibm_is_vpc" "v" {}' },
      {
        name: 'versions.tf',
        text: 'terraform { required_providers { ibm = { source = "ibm-cloud/ibm" } } }'.replaceAll(
          /([{}])/g,
          '$1\n',
        ),
      },
    ]);
    expect(found.ok && found.artifacts.map(({ reference }) => reference)).toEqual([
      'ibm-cloud/ibm',
    ]);
  });

  test('are those of the lock file, in its versions, where there is one', () => {
    const found = readInventory([
      {
        name: 'main.tf',
        text: `terraform {
  required_providers {
    vsphere = { source = "hashicorp/vsphere" }
    tls     = { source = "hashicorp/tls" }
  }
}`,
      },
      {
        name: '.terraform.lock.hcl',
        text: `provider "registry.terraform.io/hashicorp/vsphere" {
  version     = "2.8.2"
  constraints = "~> 2.8"
  hashes = [
    "h1:abc=",
    "zh:00",
  ]
}
`,
      },
    ]);
    expect(found.ok && found.artifacts.map(({ reference }) => reference)).toEqual([
      'registry.terraform.io/hashicorp/vsphere@2.8.2',
      'hashicorp/tls',
    ]);
  });

  test('and modules, if they come from elsewhere', () => {
    const text = `module "a" { source = "./a" }
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.0.0"
}
module "g" { source = "git::https://github.com/acme/m.git?ref=v1" }
module "t" { source = "\${var.where}" }
`;
    expect(read(text, 'main.tf')).toEqual({
      artifacts: [
        '3 terraform terraform-aws-modules/vpc/aws: module vpc',
        '6 terraform git::https://github.com/acme/m.git?ref=v1: module g',
      ],
      remarks: ['7 module t: its source has to be evaluated'],
    });
  });

  test('are written in JSON by programs that make configurations', () => {
    const text = `{
  "//": {"metadata": "made"},
  "terraform": {
    "required_providers": {
      "vsphere": {"source": "hashicorp/vsphere", "version": "~> 2.8"},
      "tls": "4.0.5",
      "bad": {"source": "\${var.x}"}
    }
  },
  "provider": {"aws": [{"region": "a"}, {"region": "b", "alias": "b"}]},
  "resource": {
    "null_resource": {"a": {}},
    "vsphere_folder": {"f": [{"path": "x"}]},
    "own_thing": {"t": {"provider": "vsphere"}}
  },
  "module": {"vpc": {"source": "terraform-aws-modules/vpc/aws"}, "here": {"source": "./here"}}
}
`;
    expect(read(text, 'cdk.tf.json')).toEqual({
      artifacts: [
        '5 terraform hashicorp/vsphere: required provider vsphere',
        '6 terraform hashicorp/tls: required provider tls',
        '16 terraform terraform-aws-modules/vpc/aws: module vpc',
        '10 terraform hashicorp/aws: provider aws, without a source',
        '12 terraform hashicorp/null: resource null_resource.a, whose provider has no source',
      ],
      remarks: ['7 required provider bad: its source has to be evaluated'],
    });
    expect(issues('{"terraform": [', 'a.tf.json')[0]).toMatch(/^a\.tf\.json:1: not YAML: /);
  });

  test('are not found in what heredocs and texts say', () => {
    const text = `locals {
  script = <<-EOT
    terraform {
      required_providers { bad = { source = "acme/bad" } }
    EOT
  text = "resource \\"bad_thing\\" \\"x\\" {"
  many = { for k, v in var.x : k => { source = "acme/bad" } if v != "}" }
  cond = var.a ? "x" : "y"
}
resource "tls_private_key" "k" {}
`;
    expect(read(text, 'main.tf').artifacts).toEqual([
      '10 terraform hashicorp/tls: resource tls_private_key.k, whose provider has no source',
    ]);
  });
});

describe('a text that is no HCL', () => {
  test.each<[what: string, text: string, said: string]>([
    ['a block without an end', 'terraform {\n', 'a.tf:2: not HCL: a block has no end: expected }'],
    [
      'a text without an end',
      '\nprovider "a\n{}',
      'a.tf:2: not HCL: a text has no end on its line: expected "',
    ],
    ['a comment without an end', '/* x', 'a.tf:1: not HCL: a comment has no end: expected */'],
    [
      'a heredoc without an end',
      'a = <<EOT\nx\n',
      'a.tf:1: not HCL: a heredoc has no end: expected a line EOT',
    ],
    ['a bracket too many', 'a = (1]\n', 'a.tf:1: not HCL: ] closes nothing that is open'],
    ['a bracket too few', 'a = (1\n', 'a.tf:2: not HCL: expected )'],
    ['a key twice', 'a = 1\na = 2\n', 'a.tf:2: not HCL: a is set twice: expected it once'],
    ['no name', '= 1\n', 'a.tf:1: not HCL: "=" begins nothing: expected a name'],
    [
      'a name alone',
      'terraform\n',
      'a.tf:1: not HCL: terraform is neither set nor a block: expected = or {',
    ],
    [
      'an escape that is none',
      'a = "\\q"\n',
      'a.tf:1: not HCL: an escape that is none: expected \\n, \\r, \\t, \\", \\\\ or \\uNNNN',
    ],
    [
      'blocks beyond measure',
      'a {\n'.repeat(100_000),
      'a.tf:65: not HCL: expected at most 64 levels',
    ],
    [
      'templates beyond measure',
      `a = ${'"${'.repeat(100_000)}`,
      'a.tf:1: not HCL: expected at most 64 levels',
    ],
    [
      'objects beyond measure',
      `a = ${'{a='.repeat(100_000)}`,
      'a.tf:1: not HCL: expected at most 64 levels',
    ],
  ])('%s', (_what, text, said) => {
    expect(issues(text, 'a.tf')).toEqual([said]);
  });

  test('brackets without end are told, however many they are', () => {
    expect(issues(`a = ${'['.repeat(1_000_000)}`, 'a.tf')).toEqual(['a.tf:1: not HCL: expected ]']);
  });

  test('escapes and templates are what they are in HCL', () => {
    const { attributes } = parseHcl(
      'a = "x\\"\\\\\\n\\u00e9"\nb = "$${c} %%{d} $5"\nc = "${a}"\nd = 1 + 2\ne = "x" == "y"\n',
    );
    expect([...attributes].map(([name, { value }]) => [name, value])).toEqual([
      ['a', { kind: 'text', text: 'x"\\\né' }],
      ['b', { kind: 'text', text: '${c} %{d} $5' }],
      ['c', { kind: 'other' }],
      ['d', { kind: 'other' }],
      ['e', { kind: 'other' }],
    ]);
  });
});
