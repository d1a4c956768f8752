import type {
  Answer,
  Bridge,
  Input,
  Listener,
  Method,
  Output,
  Unsubscribe,
} from '../../src-main/contract/index.ts';
import { backendError } from '../../src-main/contract/errors.ts';
import { hostEvents } from './host-events.ts';
import { httpBridge } from './http-bridge.ts';
import { reopening } from './reload.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload script; absent in a browser. */
    readonly hopscope?: Bridge;
  }
}

/** The backend as the page sees it. An answer always comes: when nobody is there to give one, it says so. */
export interface BackendClient extends Pick<Bridge, 'pathOfFile' | 'chooseFile'> {
  call<Name extends Method>(method: Name, payload: Input<Name>): Promise<Answer<Output<Name>>>;
  subscribe(listener: Listener): Unsubscribe;
}

export function connectBackend(bridge: Bridge): BackendClient {
  const { pathOfFile, chooseFile } = bridge;
  return {
    async call<Name extends Method>(method: Name, payload: Input<Name>) {
      try {
        return (await bridge.call(method, payload)) as Answer<Output<Name>>;
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        return { ok: false, error: backendError('backend-unreachable', { reason }) };
      }
    },
    subscribe: (listener) => bridge.subscribe(listener),
    ...(pathOfFile ? { pathOfFile } : {}),
    ...(chooseFile ? { chooseFile } : {}),
  };
}

/** The bridge that this page has: the desktop's, or the browser host that served it. */
export const bridgeHere = (): Bridge =>
  window.hopscope ??
  reopening(httpBridge(hostEvents({ events: 'api/events', pages: 'api/pages' })));
