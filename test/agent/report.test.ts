import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BASIC, identity, Node } from './node';
import { versionOf } from './version';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const samples = () => node.report.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const pem = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

describe('the report', () => {
  it('says how registries stand and who is trusted', async () => {
    node.present({ ...identity('one'), 'ca.crt': `# old\n${pem('cafe\nbabe')}${pem('ca')}${pem('ca')}` });
    node.write('bad.io/hosts.toml', 'host = {}\n');
    node.start({ MIRROR_REGISTRIES: 'docker.io bad.io ghcr.io' });
    await node.until(() => node.published);
    await node.tick();
    const name = /version (\w+)/.exec(node.log)?.[1];
    expect(samples()).toEqual([
      'secured_mirror_registries{state="published"} 2',
      'secured_mirror_registries{state="refused"} 1',
      'secured_mirror_registries{state="waiting"} 0',
      'secured_mirror_only_mirror 0',
      `secured_mirror_identity_info{version="${name}"} 1`,
      'secured_mirror_upstream_authentication_info{method="mutual-tls"} 1',
      `secured_mirror_trust_info{ca="${hash('cafebabe')}"} 1`,
      `secured_mirror_trust_info{ca="${hash('ca')}"} 1`,
    ]);
    node.proxy = 'unready';
    await node.until(() => samples().includes('secured_mirror_registries{state="waiting"} 3'));
  });

  it('tells the proxy whether every registry that can be is published', async () => {
    const status = () => node.file('report').virtual_hosts[0].routes[1].direct_response.status;
    node.present({ ...identity('one'), 'ca.crt': pem('ca') });
    node.write('bad.io/hosts.toml', 'host = {}\n');
    node.proxy = 'unready';
    node.start({ MIRROR_REGISTRIES: 'docker.io bad.io' });
    await node.tick();
    expect(status()).toBe('503');
    node.proxy = 'ready';
    await node.until(() => node.published);
    await node.tick();
    expect(status()).toBe('200');
    node.proxy = 'unready';
    await node.until(() => !node.published);
    await node.tick();
    expect(status()).toBe('503');
  });

  it('says how the credential stands', async () => {
    const { name } = versionOf('mirror', 'first');
    node.configure(BASIC);
    node.credential.update({ username: 'mirror', password: 'first' });
    node.start();
    await node.until(() => node.published);
    await node.tick();
    expect(samples().slice(4)).toEqual([
      'secured_mirror_upstream_authentication_info{method="basic"} 1',
      'secured_mirror_credential_phase 0',
      `secured_mirror_credential_version_info{presented="${name}",newest="${name}"} 1`,
      'secured_mirror_credential_versions 1',
      'secured_mirror_credential_lagging 0',
      'secured_mirror_credential_valid 1',
      'secured_mirror_credential_drop_old 0',
    ]);
  });

  it('is a text that Prometheus reads', async () => {
    node.configure(BASIC);
    node.credential.update({ username: 'mirror', password: 'first' });
    node.start({ MIRROR_UNAUTHENTICATED_LOG: join(node.root, 'list') });
    await node.until(() => node.published);
    await node.tick();
    const lines = node.report.split('\n');
    expect(lines.pop()).toBe('');
    const families = new Set<string>();
    let family = '';
    for (const line of lines) {
      const [, kind, name = ''] = /^# (HELP|TYPE) (\w+) .+$/.exec(line) ?? [];
      if (kind === 'HELP') {
        expect(families.has(name)).toBe(false);
        families.add(name);
        family = name;
      } else if (kind === 'TYPE') {
        expect(line).toBe(`# TYPE ${family} ${name.endsWith('_total') ? 'counter' : 'gauge'}`);
      } else {
        expect(line).toMatch(new RegExp(`^${family}(\\{\\w+="[^"\\\\]*"(,\\w+="[^"\\\\]*")*\\})? \\d+$`));
      }
    }
    expect(families.size).toBe(10);
  });
});

describe('requests without a credential', () => {
  const list = () => join(node.root, 'list');
  const permissive = () => ({ MIRROR_UNAUTHENTICATED_LOG: list() });
  const total = (listener: string, source: string) =>
    samples().find((line) =>
      line.startsWith(`secured_mirror_unauthenticated_requests_total{listener="${listener}",source="${source}"}`),
    );

  it('are counted by listener and source, and each source is named once', async () => {
    expect(await node.prepare(permissive())).toBe(0);
    expect(statSync(list()).mode & 0o777).toBe(0o660);
    node.start(permissive());
    await node.until(() => node.published);
    appendFileSync(list(), 'entry 10.0.0.1\npeers 10.0.0.1\nentry 10.0.0.1\npeers fd00::1\nentry a"b\nnonsense\n');
    await node.until(() => total('entry', '10.0.0.1')?.endsWith(' 2') ?? false);
    appendFileSync(list(), 'entry 10.0.0.1\n');
    await node.until(() => total('entry', '10.0.0.1')?.endsWith(' 3') ?? false);
    expect([total('peers', '10.0.0.1'), total('peers', 'fd00::1')].map((line) => line?.slice(-2))).toEqual([
      ' 1',
      ' 1',
    ]);
    expect(samples().filter((line) => line.includes('_total'))).toHaveLength(3);
    expect(readFileSync(list(), 'utf8')).toBe('');
    expect(node.log.match(/without a credential came to the \w+ listener from .*/g)).toEqual([
      'without a credential came to the entry listener from 10.0.0.1',
      'without a credential came to the peers listener from fd00::1',
    ]);
  });

  it('of more than a hundred sources are counted as one more', async () => {
    await node.prepare(permissive());
    node.start(permissive());
    await node.until(() => node.published);
    const lines = Array.from({ length: 150 }, (_, i) => `entry 10.0.${i}.1\n`);
    appendFileSync(list(), lines.join(''));
    await node.until(() => total('entry', 'other')?.endsWith(' 50') ?? false);
    appendFileSync(list(), lines.join(''));
    await node.until(() => total('entry', 'other')?.endsWith(' 100') ?? false);
    expect(samples().filter((line) => line.includes('_total'))).toHaveLength(101);
    expect(total('entry', '10.0.99.1')).toMatch(/ 2$/);
    expect(node.log.match(/more than 100 sources/g)).toHaveLength(1);
  });
});
