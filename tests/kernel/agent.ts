/** The program that lives in the kernel's namespaces (agent.py), and its requests and answers. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { findProgram, findPython } from '../support/capabilities.ts';

export interface NamespaceRequest {
  readonly name: string;
  readonly sysctls: readonly (readonly [path: string, value: string])[];
  /** For those of interfaces, set when these are there and before they are up. */
  readonly lateSysctls: readonly (readonly [path: string, value: string])[];
  /** Interfaces and their IPv6 addresses, as 32 hexadecimal digits, that neighbors have to get an answer from. */
  readonly awaited: readonly (readonly [name: string, address: string])[];
  /** Commands with their standard input, in order. */
  readonly steps: readonly (readonly [argv: readonly string[], text: string])[];
}

/** IP-in-IP on a tun device of the namespace (ip_in_ip.py). */
export interface TunnelRequest {
  readonly namespace: string;
  readonly device: string;
  /** Source of the outer packets. */
  readonly local: string;
  /** Which node's end the inner destinations are behind. */
  readonly peers: readonly { readonly cidr: string; readonly node: string }[];
}

export interface WatchRequest {
  readonly name: string;
  /** Interfaces whose packets are told. */
  readonly interfaces: readonly string[];
  /** Whether packets that the machine takes for itself are told. */
  readonly delivery: boolean;
  /** NFLOG group, 0 for none. */
  readonly log: number;
}

export interface ListenRequest {
  readonly namespace: string;
  readonly protocol: 'tcp' | 'udp';
  readonly family: 4 | 6;
  /** Null: every address of the family. */
  readonly address: string | null;
  readonly port: number;
}

export interface FlowRequest {
  readonly id: string;
  readonly namespace: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly family: 4 | 6;
  readonly source: string | null;
  readonly destination: string;
  readonly port: number;
  /** Source port or ICMP id, of this flow alone, so that its packets are known wherever they are seen. */
  readonly key: number;
  readonly df: boolean;
  /** Bytes behind the ICMP header. */
  readonly payload: number;
  /** UDP: payloads to send, and how many bytes are to come back for each. */
  readonly questions: readonly { readonly bytes: number; readonly answer: string }[];
  /** TCP: bytes that go there and come back once the connection is open. */
  readonly bulk: number;
}

/** What was seen; binary parts are base64. */
export type AgentRecord =
  /** A frame at an interface. Time in nanoseconds since 1970. */
  | readonly [
      kind: 'wire',
      namespace: string,
      at: string,
      name: string,
      way: 'in' | 'out',
      frame: string,
    ]
  /** A packet that the machine takes for itself: IPv4 with its header; IPv6 without, which is told behind it. */
  | readonly [kind: 'local', namespace: string, family: 4, protocol: number, packet: string]
  | readonly [
      kind: 'local',
      namespace: string,
      family: 6,
      protocol: number,
      packet: string,
      source: string,
      destination: string,
      hopLimit: number,
    ]
  /** A rule decided about a packet. */
  | readonly [kind: 'rule', namespace: string, prefix: string, packet: string]
  /** The sender's program got an error, by its name in errno.h. */
  | readonly [kind: 'error', flow: string, code: string]
  /** The server's program could not answer the client with that port. */
  | readonly [kind: 'answer-error', key: number, code: string]
  /** The connection is open, or a datagram of so many bytes came back. */
  | readonly [kind: 'answer', flow: string, bytes: number]
  /** All of the bulk came back. */
  | readonly [kind: 'bulk', flow: string, bytes: number];

export interface Fault {
  readonly namespace: string | null;
  readonly argv: readonly string[];
  readonly text: string;
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Answers {
  build: { readonly faults: readonly Fault[] };
  run: {
    readonly results: readonly {
      readonly code: number;
      readonly out: string;
      readonly err: string;
    }[];
  };
  set: object;
  tunnel: object;
  watch: object;
  listen: object;
  capture: object;
  send: {
    readonly records: readonly AgentRecord[];
    /** Files of tcpdump, base64, with what came since the last time. */
    readonly captures: readonly (readonly [namespace: string, name: string, file: string])[];
  };
  clear: object;
}

interface Requests {
  build: { readonly namespaces: readonly NamespaceRequest[]; readonly wires: string };
  run: {
    readonly steps: readonly {
      readonly namespace: string | null;
      readonly argv: readonly string[];
      readonly text?: string;
    }[];
  };
  /** The same settings in every namespace. */
  set: { readonly sysctls: readonly (readonly [path: string, value: string])[] };
  tunnel: { readonly tunnels: readonly TunnelRequest[] };
  watch: { readonly namespaces: readonly WatchRequest[] };
  /** Frames at these interfaces are captured by tcpdump from now on, and no longer told as records. */
  capture: {
    readonly namespaces: readonly {
      readonly name: string;
      readonly interfaces: readonly string[];
    }[];
  };
  listen: { readonly listeners: readonly ListenRequest[] };
  /** Ends when all packets have come to rest; transfers when all is back, or nothing has moved for `stallMs`. */
  send: { readonly flows: readonly FlowRequest[]; readonly stallMs: number };
  clear: object;
}

export class Agent {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: ((line: string | undefined) => void)[] = [];
  #complaints = '';
  #ended = false;

  constructor() {
    const program = join(import.meta.dirname, 'agent.py');
    // It leaves no compiled modules behind.
    const argv = ['--net', '--mount', findPython() ?? 'python3', '-B', program];
    this.#child = spawn(findProgram('unshare') ?? 'unshare', argv, {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stderr.on('data', (text: Buffer) => (this.#complaints += text.toString()));
    createInterface({ input: this.#child.stdout }).on('line', (line) =>
      this.#waiting.shift()?.(line),
    );
    this.#child.on('close', () => {
      this.#ended = true;
      for (const give of this.#waiting.splice(0)) give(undefined);
    });
  }

  async ask<Key extends keyof Requests>(task: Key, request: Requests[Key]): Promise<Answers[Key]> {
    const line = await new Promise<string | undefined>((resolve) => {
      if (this.#ended) resolve(undefined);
      this.#waiting.push(resolve);
      this.#child.stdin.write(`${JSON.stringify({ do: task, ...request })}\n`);
    });
    if (line === undefined) throw new Error(`the agent has ended: ${this.#complaints}`);
    const answer = JSON.parse(line) as Answers[Key] & { readonly failed?: string };
    if (answer.failed !== undefined)
      throw new Error(`the agent could not ${task}: ${answer.failed}`);
    return answer;
  }

  /** Its namespaces end with it. */
  close(): void {
    this.#child.stdin.end();
  }
}
