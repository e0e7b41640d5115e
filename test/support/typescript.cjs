/**
 * `node -r test/support/typescript.cjs FILE.ts`: runs our TypeScript in a process of its own, as the kill tests and the benches need it.
 * The same compiler settings as jest.config.cjs; ESM-only packages are left to Node's own require(esm).
 */
const { existsSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const ROOT = resolve(__dirname, '../..');
const { base } = require(join(ROOT, 'jest.config.cjs'));
const [, options] = base.transform['^.+\\.ts$'];
const aliases = Object.entries(base.moduleNameMapper)
  .filter(([pattern]) => pattern.startsWith('^@huiying'))
  .map(([pattern, target]) => [new RegExp(pattern), target.replace('<rootDir>', ROOT)]);

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolveOurs(request, parent, ...rest) {
  for (const [pattern, target] of aliases) {
    if (pattern.test(request)) return request.replace(pattern, target);
  }
  if (/^\.{1,2}\/.*\.js$/.test(request) && parent?.filename?.endsWith('.ts')) {
    const source = join(dirname(parent.filename), request.replace(/\.js$/, '.ts'));
    if (existsSync(source)) return source;
  }
  return resolveFilename.call(this, request, parent, ...rest);
};

Module._extensions['.ts'] = (module, filename) => {
  const source = require('node:fs').readFileSync(filename, 'utf8');
  module._compile(transformSync(source, { ...options, filename }).code, filename);
};
