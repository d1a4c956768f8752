/** The one trusted-types policy of this module; the page's Content-Security-Policy names it. */
const policyName = 'hopscope-worker';

/** As much of Trusted Types as is used here; not every browser has them. */
interface TrustedTypeFactory {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}
declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypeFactory;
  }
}

let policy: ReturnType<TrustedTypeFactory['createPolicy']> | undefined;

/** Only what the build made: a script of this page's own origin. */
function ownScript(url: string): string {
  if (new URL(url).origin !== new URL(document.baseURI).origin) {
    throw new TypeError(`a worker's script must be one of ours: ${url}`);
  }
  return url;
}

/** Starts a worker from a script of the build, as `import url from './x.ts?worker&url'` names it. */
export function createWorker(url: URL, options?: WorkerOptions): Worker {
  policy ??= window.trustedTypes?.createPolicy(policyName, { createScriptURL: ownScript });
  return new Worker(policy ? policy.createScriptURL(url.href) : ownScript(url.href), options);
}
