import type { NodeKind } from '../model/design.ts';
import type { Device } from './compile/network.ts';
import type { Packet } from './vocabulary/packet.ts';
import type { PacketState } from './packet-state.ts';
import { stepSentence } from './vocabulary/sentences.ts';
import type { Hop, Step, StepDetails, StepKey } from './vocabulary/step.ts';

interface OpenHop {
  readonly node: string;
  readonly nodeKind: NodeKind | 'pod' | 'address';
  readonly on?: string;
  readonly depth: number;
  readonly steps: Step[];
}

/** Writes down one leg while it is walked. A walk without a recorder gives the verdict only. */
export class Recorder {
  private readonly written: OpenHop[] = [];

  get hops(): readonly Hop[] {
    return this.written;
  }

  get lastNode(): string | undefined {
    return this.written.at(-1)?.node;
  }

  enter(device: Device, on: string | undefined, depth: number): void {
    const { id: node, kind: nodeKind } = device;
    this.written.push({ node, nodeKind, ...(on === undefined ? {} : { on }), depth, steps: [] });
  }

  /** What a program does after the walk with the packet that it got. */
  remark<Key extends StepKey>(key: Key, detail: StepDetails[Key]): void {
    this.write(key, detail, this.written.at(-1)?.steps.at(-1)?.packet ?? []);
  }

  step<Key extends StepKey>(key: Key, detail: StepDetails[Key], packet: PacketState): void {
    this.write(key, detail, packet.view());
  }

  private write<Key extends StepKey>(key: Key, detail: StepDetails[Key], packet: Packet): void {
    const slash = key.indexOf('/');
    const step = {
      kind: key.slice(0, slash),
      action: key.slice(slash + 1),
      detail,
      text: stepSentence(key, detail),
      packet,
    };
    // The key's two halves and its detail belong together by the signature of this method.
    this.written.at(-1)?.steps.push(step as unknown as Step);
  }
}
