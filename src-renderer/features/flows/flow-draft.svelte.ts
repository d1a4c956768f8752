import type { Flow, FlowSource, FlowTarget } from '../../../src-main/contract/index.ts';
import { idPattern } from '../../../src-main/contract/vocabulary.ts';
import { sourceWord, targetWord } from '../../state/flow-words.ts';

export type Protocol = NonNullable<Flow['protocol']>;

/** A flow while it is typed: new, or one of the design that is changed. */
export class FlowDraft {
  /** The flow that is changed; undefined for a new one. */
  readonly of: Flow | undefined;
  #name = $state('');
  #from = $state.raw<FlowSource>();
  #to = $state.raw<FlowTarget>();
  #protocol = $state<Protocol>('tcp');
  #port = $state('443');
  /** Whether the user has said which port: until then a URL and ICMP take it away, and a service gives its own. */

  constructor(of?: Flow, ends: { readonly from?: FlowSource; readonly to?: FlowTarget } = {}) {
    this.of = of;
    this.#name = of?.name ?? '';
    this.#from = of?.from ?? ends.from;
    this.#to = of?.to ?? ends.to;
    this.#protocol = of?.protocol ?? 'tcp';
    if (of) this.#port = of.port === undefined ? '' : String(of.port);
  }

  get name() {
    return this.#name;
  }
  set name(text: string) {
    this.#name = text;
  }
  get from() {
    return this.#from;
  }
  set from(end: FlowSource | undefined) {
    this.#from = end;
  }
  get to() {
    return this.#to;
  }
  set to(end: FlowTarget | undefined) {
    this.#to = end;
  }
  get protocol() {
    return this.#protocol;
  }
  set protocol(protocol: Protocol) {
    this.#protocol = protocol;
  }
  get port() {
    return this.#port;
  }
  set port(text: string) {
    this.#port = text;
  }

  /** A URL says protocol and port itself, and ICMP has no ports. */
  get asksService(): boolean {
    return this.#to?.kind !== 'url';
  }
  get asksPort(): boolean {
    return this.asksService && this.#protocol !== 'icmp';
  }
  get portNumber(): number | undefined {
    const port = /^\s*\d{1,5}\s*$/.test(this.#port) ? Number(this.#port) : Number.NaN;
    return port >= 1 && port <= 65535 ? port : undefined;
  }
  get lacks(): 'from' | 'to' | 'port' | undefined {
    if (!this.#from) return 'from';
    if (!this.#to) return 'to';
    if (this.asksPort && this.portNumber === undefined) return 'port';
    return undefined;
  }

  /** The flow as it is typed; undefined while something is missing. `taken` are the ids of the others. */
  flow(taken: ReadonlySet<string>): Flow | undefined {
    const [from, to] = [this.#from, this.#to];
    if (!from || !to || this.lacks !== undefined) return undefined;
    const { name: _name, protocol: _protocol, port: _port, ...kept } = this.of ?? { id: '' };
    const name = this.#name.trim();
    const port = this.asksPort ? this.portNumber : undefined;
    return {
      ...kept,
      id: this.of?.id ?? freeId(`${sourceWord(from)}-to-${targetWord(to)}`, taken),
      ...(name === '' ? {} : { name }),
      from,
      to,
      ...(this.asksService ? { protocol: this.#protocol } : {}),
      ...(port === undefined ? {} : { port }),
    };
  }
}

/** An id made of a text, with a number where it is taken. */
export function freeId(text: string, taken: ReadonlySet<string>): string {
  const plain = text
    .replace(/^https?:\/\//, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, 56);
  const base = idPattern.test(plain) ? plain : 'flow';
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    const id = `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}
