import fc from 'fast-check';
import { parseToml, type TomlValue } from '../../src/cli/check/node/toml-table';
import { ProbedRoot } from './probed-root';

const MAIN = '/etc/containerd/config.toml';
const SECRET = 'planted-4f1c';

let node: ProbedRoot;
beforeEach(() => {
  node = new ProbedRoot();
});
afterEach(() => node.remove());

/** All that the probe printed, decoded too. */
const printed = () =>
  node.log +
  node.log
    .split(/[\s:]+/)
    .map((word) => Buffer.from(word, 'base64').toString())
    .join('\n');

it('prints no credential of a registry, header, certificate or proxy', () => {
  node.write(
    MAIN,
    `# auth = "${SECRET}"
version = 2 # ${SECRET}
imports = ["/etc/containerd/conf.d/*.toml", # ${SECRET}
  'other.toml']
[plugins."io.containerd.grpc.v1.cri".registry]
config_path = "/etc/containerd/certs.d"
headers = { Authorization = ["Basic ${SECRET}", '${SECRET}'], nested.key = { a = "${SECRET}" } }
[plugins."io.containerd.grpc.v1.cri".registry.configs."https://user:${SECRET}@registry".auth]
username = "${SECRET}"
password = """${SECRET}
config_path = "${SECRET}" \\"""
"""
auth = '''
${SECRET}''${SECRET}'''
"identity\\"token" = "a\\"${SECRET}"
number = 4711
[[plugins.'io.containerd.grpc.v1.cri'.list]]
when = 1979-05-27T07:32:00Z
`,
  );
  node.write(
    '/etc/containerd/certs.d/docker.io/hosts.toml',
    `[host."https://u:${SECRET}@x".header]\nAuthorization = "${SECRET}"\n`,
  );
  node.write(
    '/etc/systemd/system/containerd.service',
    `[Service]\nEnvironment=HTTPS_PROXY=http://u:${SECRET}@p PASSWORD=${SECRET}\n`,
  );
  node.process(9, ['--config', MAIN, `--token=${SECRET}`]);
  const [file] = node.probe().files;
  expect(printed()).toContain('config_path = "/etc/containerd/certs.d"');
  expect(printed()).not.toContain(SECRET);
  expect(printed()).not.toMatch(/4711|1979/);
  expect(parseToml(file?.toml ?? '')).toMatchObject({
    version: 2,
    imports: ['/etc/containerd/conf.d/*.toml', 'other.toml'],
    plugins: {
      'io.containerd.grpc.v1.cri': {
        registry: {
          config_path: '/etc/containerd/certs.d',
          headers: { Authorization: ['', ''], nested: { key: { a: '' } } },
          configs: { '@1': { auth: { username: '', password: '', auth: '', number: 0 } } },
        },
        list: [{ when: 0 }],
      },
    },
  });
});

/** Text of a TOML string that holds the secret, in each of the four kinds of strings. */
const secretText = fc.tuple(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 })).map(([a, b]) => a + SECRET + b);
const basic = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007f');
const string = fc.oneof(
  secretText.map(basic),
  secretText.map((text) => `'${text.replace(/[^\x20-\x26\x28-\x7e]/g, '')}'`),
  secretText.map((text) => `"""\n${basic(text).slice(1, -1)}\n"#["""`),
  secretText.map((text) => `'''${text.replace(/[^\x20-\x26\x28-\x7e]/g, '')}\n''#]'''`),
);
const key = fc.oneof(fc.stringMatching(/^[a-z]{1,5}$/), fc.constantFrom('"quoted key"', "'a.b'", '"#"', '"="', '"]"'));
const value: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    string,
    fc.constantFrom('1', '-2.5', 'true', 'false'),
    fc.array(tie('any'), { maxLength: 3 }).map((items) => `[ ${items.join(`, # ${SECRET}\n`)} ]`),
    fc
      .uniqueArray(fc.tuple(key, tie('any')), { maxLength: 3, selector: ([name]) => name })
      .map((pairs) => `{ ${pairs.map(([name, one]) => `${name} = ${one}`).join(', ')} }`),
  ),
})).any;
const document = fc
  .tuple(
    fc.uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([name]) => name }),
    fc.uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([name]) => name }),
  )
  .map(
    ([top, inner]) =>
      `${top.map(([name, one]) => `${name} = ${one} # ${SECRET}\n`).join('')}[table."x"]\n${inner.map(([name, one]) => `  ${name} = ${one}\n`).join('')}config_path = '/known'\n`,
  );

/** The same value without what may be secret: every string empty, every number 0. */
function emptied(value: TomlValue): TomlValue {
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return 0;
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, emptied(one)]));
}

it('prints the structure of any TOML, and no value', () => {
  fc.assert(
    fc.property(document, (text) => {
      const whole = parseToml(text);
      node.write(MAIN, text);
      const [file] = node.probe().files;
      expect(printed()).not.toContain(SECRET);
      const seen = parseToml(file?.toml ?? '');
      expect(seen).toMatchObject({ table: { x: { config_path: '/known' } } });
      expect(emptied(seen)).toEqual(emptied(whole));
    }),
    { numRuns: 40 },
  );
});

it('prints nothing of a text that it does not understand', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (before, after) => {
      node.write(MAIN, `${before}\npassword = "${SECRET}"\n${after}`);
      node.probe();
      expect(printed()).not.toContain(SECRET);
    }),
    { numRuns: 40 },
  );
});
