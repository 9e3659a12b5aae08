/**
 * Jest loads every module anew for every test file, which took most of the time of a run. With this runtime, libraries that keep no
 * state are loaded once per worker, outside of the test file's own globals; and Pulumi's, which keeps some, once per test file, also where
 * a test resets or isolates its modules.
 *
 * What that changes for a test: objects that a shared library makes have another `Object`, `Array` and `Error`. `toEqual`,
 * `Array.isArray` and `Construct.isConstruct` do not mind; `toStrictEqual` and `instanceof Error` do. A library sees the environment
 * variables of the worker, not those that a test sets, and nothing of what a test mocks.
 *
 * A test file that needs copies of its own says `@own-libraries` in its first comment. What a test mocks is never shared.
 */
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { default: Runtime } = require('jest-runtime');

/** Libraries without state, and those of this kind that Pulumi loads. */
const SHARED = new Set([
  '@grpc/grpc-js',
  '@npmcli/arborist',
  '@swc/core',
  'ajv',
  'cdk8s',
  'cdk8s-plus-28',
  'commander',
  'constructs',
  'execa',
  'fast-check',
  'google-protobuf',
  'normalize-package-data',
  'semver',
  'ts-json-schema-generator',
  'typescript',
  'xmlbuilder',
  'yaml',
]);
const ONCE_PER_FILE = /^@pulumi\//;
const OWN = /^\/\*\*(?:(?!\*\/).)*@own-libraries/s;

class SharingRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverageOptions, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFS, coverageOptions, testPath, globalConfig);
    this.shares = !OWN.test(readFileSync(testPath, 'utf8'));
    this.loaded = new Map();
  }

  requireModule(from, name, options, isActual) {
    const load = () => super.requireModule(from, name, options, isActual);
    // The parent's constructor may come here too.
    if (!this.shares) return load();
    if (SHARED.has(name)) return createRequire(from)(name);
    if (!ONCE_PER_FILE.test(name ?? '')) return load();
    if (!this.loaded.has(name)) this.loaded.set(name, load());
    return this.loaded.get(name);
  }
}

module.exports = SharingRuntime;
