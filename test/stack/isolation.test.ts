/** @own-libraries: what they load and read is watched too. */
import * as fs from 'node:fs';
import { relative, resolve } from 'node:path';
import { App, Chart } from 'cdk8s';
import type * as library from '../../src';
import { ClusterTokens, SecuredStack } from '../../src';
import { type Manifest, tokens, variants } from '../support';

jest.mock('node:fs', () => {
  const actual = jest.requireActual('node:fs');
  const watched = Object.entries(actual).map(([name, value]) => [name, watch(name, value)]);
  return Object.fromEntries(watched);

  function watch(name: string, value: unknown): unknown {
    // Classes and constants stay as they are.
    return typeof value === 'function' && /^[a-z]/.test(name)
      ? jest.fn(value as (...all: unknown[]) => unknown)
      : value;
  }
});

const ROOT = resolve(__dirname, '../..');

/** The objects of a stack in a chart of an app. */
function objectsIn(app: App, name: string): Manifest[] {
  const chart = new Chart(app, name);
  new SecuredStack(chart, 'stack', variants[name] as library.SecuredStackProps);
  return chart.toJson();
}

describe('the library', () => {
  it('leaves no state behind: stacks made in any order are the same as alone', () => {
    const names = Object.keys(variants);
    const alone = new Map(names.map((name) => [name, objectsIn(new App(), name)]));
    for (const name of [...names].reverse()) {
      expect(objectsIn(new App(), name)).toEqual(alone.get(name));
    }
  });

  it('does not change what it is given', () => {
    const frozen = (value: unknown): unknown => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
      return value;
    };
    for (const props of Object.values(variants)) {
      const copy = structuredClone(props);
      new SecuredStack(
        new Chart(new App(), 'test'),
        'stack',
        frozen(structuredClone(props)) as library.SecuredStackProps,
      );
      expect(props).toEqual(copy);
    }
  });

  it('reads the scripts of the node agent and the programs of the proxy, and no other file; it writes none and starts nothing', () => {
    const functions = Object.entries(fs).filter((entry): entry is [string, jest.Mock] => jest.isMockFunction(entry[1]));
    expect(functions.length).toBeGreaterThan(50);
    jest.clearAllMocks();
    for (const props of Object.values(variants)) {
      const chart = new Chart(new App(), 'chart');
      new SecuredStack(chart, 'stack', props);
      new ClusterTokens(new Chart(new App(), 'other'), 'tokens', {
        name: 'test',
        namespace: 'tokens',
        tokens,
        today: '2025-06-01',
      });
      chart.toJson();
    }
    const calls = functions.flatMap(([name, { mock }]) =>
      mock.calls.map(([file]) => `${name} ${relative(ROOT, `${file}`)}`),
    );
    const others = calls.filter(
      (call) => !/^readFileSync src\/mirror\/(node-agent\/[-a-z]+\.(sh|awk)|envoy\/[-a-z]+\.lua)$/.test(call),
    );
    expect(others).toEqual([]);
    // The scripts were read for the first stack.
    expect(calls).toContain('readFileSync src/mirror/envoy/find-peer.lua');
  });

  it('loads neither the command, nor Pulumi, nor what reads YAML', () => {
    const loaded = new Set<string>();
    jest.isolateModules(() => {
      require('../../src');
      for (const file of Object.keys(require.cache)) loaded.add(relative(ROOT, file));
    });
    expect([...loaded]).toContain('src/index.ts');
    // What cdk8s has inside is its own.
    const own = [...loaded].filter((file) => !/node_modules.*node_modules/.test(file));
    const others = /^src\/(cli|pulumi|main|synth)|node_modules\/(@pulumi|yaml|ajv|commander)\//;
    expect(own.filter((file) => others.test(file))).toEqual([]);
  });
});
