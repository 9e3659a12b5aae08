import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { ENTRY, PLAIN_ENTRY } from './node';
import { hostsOf, parseToml } from './toml';

const LIBRARY = resolve(__dirname, '../../src/mirror/node-agent/hosts-toml.sh');

interface Merged {
  /** Theirs with our block, or '' when refused. */
  readonly text: string;
  /** Why it was refused. */
  readonly why: string;
  /** What is left when our block is taken out again. */
  readonly rest: string;
}

/** Runs all texts through the script's functions, in one process. */
function merge(texts: string[]): Merged[] {
  const script = `
    set -u; export LC_ALL=C; . "$0"
    registry=docker.io identity_version=0123456789ab present=mutual-tls entry=$ENTRY resolve=''
    while IFS= read -r -d '' theirs; do
      merged='' reason='' rest='' ours='' others=''
      make_block block /run/docker.io
      merge merged "$theirs" "$block" && split ours others "$merged" && [[ $ours == "$block" ]] && rest=$others
      printf '%s\\0%s\\0%s\\0' "$merged" "$reason" "$rest"
    done`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, LIBRARY], {
    input: texts.map((text) => `${text}\0`).join(''),
    env: { PATH: process.env.PATH, ENTRY, MIRROR_DIAL_TIMEOUT: '200ms' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const parts = stdout.split('\0');
  return texts.map((_, i) => ({ text: parts[3 * i] ?? '', why: parts[3 * i + 1] ?? '', rest: parts[3 * i + 2] ?? '' }));
}

/** The mirror comes first and everything of others means what it did. */
function expectFirst(theirs: string, merged: Merged): void {
  expect(merged.why).toBe('');
  const before = parseToml(theirs);
  const after = parseToml(merged.text);
  expect(hostsOf(after)).toEqual([ENTRY, ...hostsOf(before)]);
  expect(after.filter(({ path }) => path[1] !== ENTRY)).toEqual(before);
  expect([theirs, `${theirs}\n`]).toContain(merged.rest);
}

const accepted: Record<string, string> = {
  nothing: '',
  'only a server': 'server = "http://registry.example.com"\n',
  'no newline at the end': 'server = "http://registry.example.com"',
  'only comments': '# nothing here\n\n',
  'a mirror': 'server = "https://a"\n\n[host."https://m"]\n  capabilities = ["pull", "resolve"]\n',
  'no top-level key': '[host."https://m"]\nskip_verify = true\n',
  'a header first': '[host."https://m".header]\nx-a = ["b"]\n[host.\'https://n\']\n',
  'a top-level table': 'server = "https://a"\n[header]\nx-a = "b"\n[host."https://m"]\n',
  'an array over lines': 'ca = [\n  "a.pem", # [not a table]\n  "b.pem",\n]\n[host."https://m"]\n',
  'pairs over lines': 'client = [\n  ["a.crt", "a.key"],\n[\'b.crt\', "b.key"]\n]\n[host."https://m"]\n',
  'brackets in strings': 'server = "https://a/[x"\nca = [\'[\', "]\\"", "#"]\n[host."https://m"]\n',
  'dotted keys': 'header.x-a = "b"\n[host."https://m"]\n',
  'an inline table': 'header = { x-a = "b", x-c = ["d"] } # {\n[host."https://m"]\n',
  'Windows line ends': 'server = "https://a"\r\n\r\n[host."https://m"]\r\n  skip_verify = true\r\n',
  'indented tables': '\tserver = "https://a"\n\t[ host . "https://m" ] # x\n',
  'an empty table host': 'server = "https://a"\n\n[host] # k3s\n\n# x\n[host."https://m"]\n  skip_verify = true\n',
  'only an empty table host': 'ca = ["a"]\n[ "host" ]',
  'a multi-line string later': 'server = "https://ä"\n[host."https://m"]\nskip_verify = true\n',
};

const refused: Record<string, string> = {
  'a multi-line string': 'server = """\nhttps://a\n[host."https://m"]"""\n',
  'a literal multi-line string': "server = '''\n[x]\n'''\n",
  'an inline host': 'host = { "https://m" = { capabilities = ["pull"] } }\n',
  'a dotted host': 'host."https://m".skip_verify = true\n',
  'a dotted bare host': 'host.m.skip_verify = true\n',
  'a quoted key': '"host" = { }\n',
  'a table host with keys': 'server = "https://a"\n[host]\n"https://m" = { skip_verify = true }\n',
  'a table host after others': '[host."https://m"]\nskip_verify = true\n[host]\n',
  'two tables host': '[host]\n[host]\n',
  'a list of hosts': '[[ "host" ]]\nx = 1\n',
  'the mirror itself': `[host."${ENTRY}"]\nskip_verify = true\n`,
  'the mirror by its other name': `[host."${PLAIN_ENTRY}"]\nskip_verify = true\n`,
  'an array without end': 'ca = [\n "a.pem"\n[host."https://m"]\n',
  'an array that ends twice': 'ca = ["a"]]\n[host."https://m"]\n',
  'a string without end': 'server = "https://a\n[host."https://m"]\n',
  'no TOML': '<html>\n',
  'a byte order mark': '\ufeffserver = "https://a"\n',
};

describe('our lines in a hosts.toml of others', () => {
  const accepts = merge(Object.values(accepted));
  it.each(Object.keys(accepted).map((name, i) => [name, i] as const))('come first with %s', (name, i) => {
    expectFirst(accepted[name] ?? '', accepts[i] as Merged);
  });

  const refusals = merge(Object.values(refused));
  it.each(Object.keys(refused).map((name, i) => [name, i] as const))('stay out with %s', (_, i) => {
    expect(refusals[i]?.text).toBe('');
    expect(refusals[i]?.why).not.toBe('');
  });

  it('come first in whatever parses, or stay out', () => {
    const text = fc.stringMatching(/^[a-z#[\]{}=., /:-]{0,12}$/);
    const string = text.chain((t) => fc.constantFrom(`"${t}"`, `'${t}'`, `"${t}\\""`));
    const gap = fc.constantFrom('', ' ', '\n', ' # ] [x]\n  ');
    const array = fc
      .tuple(fc.array(string, { maxLength: 3 }), gap, gap)
      .map(([items, a, b]) => `[${a}${items.join(`,${b}`)}${b}]`);
    const value = fc.oneof(string, array, array, fc.constantFrom('true', '12'));
    const keys = fc
      .uniqueArray(fc.constantFrom('server', 'ca', 'client', 'x.y', 'override_path'), { maxLength: 3 })
      .chain((names) => fc.tuple(...names.map((name) => value.map((v) => `${name} = ${v}`))));
    const table = (n: number) =>
      fc
        .tuple(fc.constantFrom(`host."https://m${n}"`, `host.'https://m${n}'.header`, `t${n}`), keys)
        .map(([name, lines]) => [`[${name}]`, ...lines]);
    const file = fc
      .tuple(keys, table(1), table(2), fc.constantFrom('', '\n'), fc.nat(2))
      .map(([top, a, b, end, n]) => [...top, ...[a, b].slice(0, n).flat()].join('\n') + end);
    const texts = fc.sample(file, { numRuns: 300, seed: 7 });
    const results = merge(texts);
    for (const [i, theirs] of texts.entries()) expectFirst(theirs, results[i] as Merged);
  });
});
