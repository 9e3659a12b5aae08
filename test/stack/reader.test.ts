import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseStackFile, readStackFile } from '../../src/stack/reader';

const folder = mkdtempSync(join(tmpdir(), 'stack-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string | Buffer): string {
  const path = join(folder, 'stack.yaml');
  writeFileSync(path, content);
  return path;
}

describe('readStackFile', () => {
  it('reads the stack.yaml of this package', () => {
    const { clusters } = readStackFile(resolve(__dirname, '../../stack.yaml'));
    expect(clusters.map(({ name }) => name)).toEqual(['default']);
  });

  it('reads a trust domain that is the name of a cluster without certificates', () => {
    const path = file(`clusters:
  - name: one
    registries: [docker.io]
    authentication: {basic: {credential: {secret: mirror-credential}}}
  - name: two
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}, trustDomain: one}}
`);
    expect(readStackFile(path).clusters).toHaveLength(2);
  });

  it('names the file in its errors', () => {
    const path = file('clusters: []\n');
    expect(() => readStackFile(path)).toThrow(`${path}:1:11: clusters: got an empty list`);
  });

  it('fails without a file', () => {
    const path = join(folder, 'none.yaml');
    const message = `${path}: cannot be read: there is no such file; name the file to read with --file, or in the variable STACK`;
    expect(() => readStackFile(path)).toThrow(new Error(message));
  });

  it('fails with a folder', () => {
    expect(() => readStackFile(folder)).toThrow(`${folder}: cannot be read: it is a folder; name the file`);
  });

  it('fails with a file that may not be read', () => {
    const path = file('clusters: []\n');
    chmodSync(path, 0);
    // Root may read everything.
    if (process.getuid?.() !== 0) expect(() => readStackFile(path)).toThrow('you may not read it');
    chmodSync(path, 0o600);
  });

  it('fails with a path that leads through a file', () => {
    expect(() => readStackFile(join(file(''), 'stack.yaml'))).toThrow('cannot be read: ENOTDIR');
  });

  it('fails with what is no text', () => {
    expect(() => readStackFile(file(Buffer.from([0x63, 0xff, 0xfe])))).toThrow(/is no text in UTF-8$/);
  });

  const utf16 = Buffer.from('clusters: []\n', 'utf16le');
  it.each([
    ['UTF-16 (little-endian)', 'with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16 (little-endian)', 'without a mark', utf16],
    ['UTF-16 (big-endian)', 'with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
    ['UTF-16 (big-endian)', 'without a mark', Buffer.from(utf16).swap16()],
    ['UTF-32', 'with a mark', Buffer.from([0xff, 0xfe, 0, 0, 0x63, 0, 0, 0])],
    ['UTF-32', 'without a mark', Buffer.from([0, 0, 0, 0x63])],
  ])('fails with a text in %s %s', (encoding, _, bytes) => {
    expect(() => readStackFile(file(bytes))).toThrow(`it is text in ${encoding}: save it as UTF-8`);
  });

  it('reads UTF-8 with a mark, and an empty file as ever', () => {
    expect(() => readStackFile(file('\ufeffclusters: []\n'))).toThrow('clusters: got an empty list');
    expect(() => readStackFile(file(''))).toThrow('the file is empty');
  });
});

describe('parseStackFile', () => {
  it('reads JSON', () => {
    const stack = {
      clusters: [
        { name: 'one', registries: ['docker.io'], authentication: { mutualTls: { issuer: { caSecret: 'ca' } } } },
      ],
    };
    expect(parseStackFile(JSON.stringify(stack), 'stack.json')).toEqual(stack);
  });

  it('shares settings between clusters by anchors and merge keys', () => {
    const { clusters } = parseStackFile(
      `clusters:
  - &usual
    name: one
    registries: [docker.io]
    authentication: &authentication {mutualTls: {issuer: {caSecret: mirror-ca}}}
  - <<: *usual
    name: two
  - {name: three, registries: [quay.io], authentication: *authentication}
`,
      'stack.yaml',
    );
    expect(clusters.map(({ name, registries }) => [name, registries])).toEqual([
      ['one', ['docker.io']],
      ['two', ['docker.io']],
      ['three', ['quay.io']],
    ]);
    expect(clusters[2]?.authentication).toEqual(clusters[0]?.authentication);
  });

  it('reads a mark of byte order, and lines that end in CR LF', () => {
    expect(() => parseStackFile('\ufeffclusters:\r\n  - name: One\r\n', 's.yaml')).toThrow(
      's.yaml:2:11: clusters[0].name: got "One"',
    );
  });

  it('reads numbers and words by YAML 1.2, whatever a directive says', () => {
    expect(() => parseStackFile('%YAML 1.1\n---\nclusters: [{dualStack: on}]\n', 's.yaml')).toThrow(
      'got "on"; expected true or false',
    );
  });
});
