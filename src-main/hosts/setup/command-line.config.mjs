// How the command line is built, as plain JavaScript: Node strips no types of a program that npm has installed. Packages
// stay what they are, and come from npm.

/** @type {import('vite').UserConfig} */
export default {
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'out/cli',
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    rolldownOptions: {
      input: {
        main: 'src-main/hosts/cli/main.ts',
        // The backend's process, which the browser host starts.
        backend: 'src-main/hosts/process/entry.ts',
      },
      // All of it in one folder: a program finds its neighbours there.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};
