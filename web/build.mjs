// Bundles the phone and, for integrators and tests, JsSIP as it comes from npm into dist/.
import { cp, mkdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const out = new URL('dist/', import.meta.url).pathname;
const src = new URL('src/', import.meta.url).pathname;

const common = {
  bundle: true,
  minify: true,
  target: ['chrome123', 'firefox120', 'safari17.5'],
  outdir: out,
  legalComments: 'linked',
  logLevel: 'warning',
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({ ...common, format: 'esm', entryPoints: { phone: `${src}main.js`, style: `${src}style.css` } });
await build({ ...common, format: 'iife', globalName: 'JsSIP', entryPoints: { jssip: 'jssip' } });
await Promise.all(['index.html', 'icon.svg'].map((file) => cp(src + file, out + file)));
