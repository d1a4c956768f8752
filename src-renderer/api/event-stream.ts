import type { BackendEvent } from '../../src-main/contract/index.ts';
import { decodeMessage } from './http-bridge.ts';

/** The host shows that it is alive every 15 seconds; silent for three times as long, the connection is dead. */
const silenceLimitMs = 45_000;
/** Waits before the first, second, … attempt to connect again; the last one for every later attempt. */
const retryDelaysMs = [500, 1_000, 2_000, 5_000];

export interface EventStream {
  close(): void;
}

export interface EventStreamReader {
  readonly onEvent: (event: BackendEvent) => void;
  /** True with every connection that is made, the first one as well; false when one is lost. */
  readonly onConnection: (connected: boolean) => void;
  /** The host shows that it is alive. */
  readonly onBeat?: () => void;
}

/** The server-sent events of the browser host. When the connection breaks, another one is made, for as long as it takes. */
export function openEventStream(url: string, reader: EventStreamReader): EventStream {
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function drop(): void {
    source?.close();
    clearTimeout(silence);
    clearTimeout(retry);
  }

  /** The connection broke, was refused, or fell silent. */
  function reconnect(): void {
    drop();
    reader.onConnection(false);
    const delayMs = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)];
    failures++;
    retry = setTimeout(connect, delayMs);
  }

  function heard(): void {
    clearTimeout(silence);
    silence = setTimeout(reconnect, silenceLimitMs);
  }

  function connect(): void {
    source = new EventSource(url);
    heard();
    source.onopen = () => {
      failures = 0;
      heard();
      reader.onConnection(true);
    };
    source.onerror = reconnect;
    source.addEventListener('beat', () => {
      heard();
      reader.onBeat?.();
    });
    source.onmessage = ({ data }: MessageEvent<string>) => {
      heard();
      reader.onEvent(decodeMessage(data) as BackendEvent);
    };
  }

  connect();
  return { close: drop };
}
