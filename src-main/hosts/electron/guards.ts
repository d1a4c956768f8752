import { app, session } from 'electron';
import { isOurPage } from './page-protocol.ts';

/** Refuses what the app never needs: other pages, new windows, embedded pages, permissions, downloads. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    // Our page has no frames in it.
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOurPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Refuses every permission, and every request that would leave this machine. Needs a ready app. */
export function guardSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());
  defaultSession.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isOurPage(details.url) || /^(data|blob|devtools):/.test(details.url);
    answer({ cancel: !allowed });
  });
}
