import { app, session, type DownloadItem } from 'electron';
import { isOurPage, pageOrigin } from './page-protocol.ts';

/** Refuses what the app never needs: other pages, new windows, embedded pages. */
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

/**
 * Refuses every permission, every request that would leave this machine, and every download but what our page has made
 * itself. Needs a ready app.
 */
export function guardSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event, item, contents) => {
    if (isMadeByOurPage(item) && isOurPage(contents.getURL())) askWhereTo(item);
    else event.preventDefault();
  });
  defaultSession.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isOurPage(details.url) || /^(data|blob|devtools):/.test(details.url);
    answer({ cancel: !allowed });
  });
}

/** A picture or a capture that the page has put together, and nothing that was fetched. */
const isMadeByOurPage = (item: DownloadItem): boolean =>
  item.getURLChain().every((url) => url.startsWith(`blob:${pageOrigin}/`));

/** The system's own dialog asks the user where to, and whether to replace what is there. */
function askWhereTo(item: DownloadItem): void {
  // A name, never a path.
  const name = item.getFilename().replace(/^.*[\\/]/, '');
  item.setSaveDialogOptions({ defaultPath: name, properties: ['showOverwriteConfirmation'] });
}
