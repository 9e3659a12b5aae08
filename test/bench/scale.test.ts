import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { scaleFiles } from '../../bench/scale';
import { constants as c } from '../../bench/scale/constants';
import { load, memoryOf, ROLLOUTS } from '../../bench/scale/rollouts';
import { CONNECTION_DURATION } from '../../src/mirror/envoy/http';
import { proxyMemoryLimit } from '../../src/mirror/envoy/memory';
import { mirrorDefaults } from '../../src/mirror/props/defaults';
import { containersOf, envoyFile, kind, minimal, objectsOf, podOf } from '../support';

const { limits } = mirrorDefaults;

describe('the page about scale', () => {
  const made = scaleFiles();

  it.each(Object.keys(made))('%s is what npm run bench:scale makes', (file) => {
    expect(readFileSync(resolve(__dirname, '../..', file), 'utf8')).toBe(made[file]);
  });

  it('has every constant with its source', () => {
    for (const { what, from } of Object.values(c)) {
      expect(from).not.toBe('');
      expect(made['docs/scale.md']).toContain(`| ${what} |`);
    }
  });
});

describe('the default limits', () => {
  it("fit into the proxy's memory when all of them are reached", () => {
    expect(memoryOf(limits.requests, limits.connections, 0)).toBeLessThanOrEqual(proxyMemoryLimit(limits));
  });

  it.each([100, 1000, 5000])('let %i nodes with ten holders pull from peers alone, at the default pace', (nodes) => {
    const { wave, shares } = load(nodes, ROLLOUTS.pacedTen, limits);
    expect(wave).toMatchObject({ originCopies: 0, refused: 0 });
    const { spegelRouter, ...own } = shares;
    expect(Math.max(...Object.values(own))).toBeLessThan(1);
  });
});

describe('constants that the code decides', () => {
  const objects = objectsOf(minimal);
  const pod = podOf(objects);
  const proxy = containersOf(pod).find(({ name }) => name === 'proxy');

  it('are those of the emitted manifests', () => {
    const volumes: { configMap?: { name: string }; secret?: { secretName: string } }[] = pod.volumes;
    const watched = volumes.flatMap(({ configMap, secret }) => configMap?.name ?? secret?.secretName ?? []);
    expect({
      workers: proxy.args[proxy.args.indexOf('--concurrency') + 1],
      watches: new Set(watched).size,
      certificates: kind(objects, 'Certificate').length,
    }).toEqual({
      workers: String(c.workers.value),
      watches: c.watches.value,
      certificates: c.certificates.value,
    });
  });

  it('are those of the proxy', () => {
    const { resources } = envoyFile(objects, 'clusters.json');
    const peers = JSON.stringify(resources.find(({ name }: { name: string }) => name === 'peer-registry'));
    expect(peers).toContain(`"idle_timeout":"${c.idleTimeout.value}s"`);
    expect(CONNECTION_DURATION).toBe(`${c.connectionDuration.value}s`);
  });
});
