import type { Answer, Bridge, Input, Method, Output } from '../../src-main/contract/index.ts';
import { backendError } from '../../src-main/contract/errors.ts';
import { httpBridge } from './http-bridge.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload script; absent in a browser. */
    readonly hopscope?: Bridge;
  }
}

/** The backend as the page sees it. An answer always comes: when nobody is there to give one, it says so. */
export interface BackendClient {
  call<Name extends Method>(method: Name, payload: Input<Name>): Promise<Answer<Output<Name>>>;
}

export function connectBackend(bridge: Bridge): BackendClient {
  return {
    async call<Name extends Method>(method: Name, payload: Input<Name>) {
      try {
        return (await bridge.call(method, payload)) as Answer<Output<Name>>;
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        return { ok: false, error: backendError('backend-unreachable', { reason }) };
      }
    },
  };
}

/** The bridge that this page has: the desktop's, or the browser host that served it. */
export const bridgeHere = (): Bridge => window.hopscope ?? httpBridge();
