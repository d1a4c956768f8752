/** Tells when the page's colours change: with the system, by the user's choice, or when the faces have come. */
export function watchTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'lang'] });
  system.addEventListener('change', changed);
  let listening = true;
  void document.fonts.ready.then(() => {
    if (listening) changed();
  });
  return () => {
    listening = false;
    chosen.disconnect();
    system.removeEventListener('change', changed);
  };
}
