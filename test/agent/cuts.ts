import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { ENTRY, type Node } from './node';
import { hostsOf, parseToml } from './toml';

const SCRIPTS = resolve(__dirname, '../../src/mirror/node-agent');
/** Our lines. */
export const BLOCK = /# secured-mirror begin.*\n(?:.*\n)*?# secured-mirror end\n?/;

/** A top level, ours comes after it, and tables of others. */
export const THEIRS = `server = "http://registry.internal" # as it is
ca = [
  "ca.pem",
]

[host."https://mirror.internal"]
  capabilities = ["pull", "resolve"]
  skip_verify = false
[host."https://mirror.internal".header]
  x-site = ["a"]
`;

interface Outcome {
  readonly cut: string;
  readonly text: string;
}

/**
 * Publishes docker.io, then writes over its hosts.toml what each of `cuts` makes of it and lets three ticks pass, one
 * cut after the other.
 * Between damage and ticks it runs `meanwhile`. `settings` are shell assignments.
 */
export function afterCuts(
  node: Node,
  cuts: (whole: string) => string[],
  meanwhile = '',
  settings = '',
): { whole: string; outcomes: Outcome[] } {
  const script = (damage: string) => `
    set -u; shopt -s nullglob dotglob; export LC_ALL=C; umask 077
    for part in files settings hosts-toml damage identity publish withdraw; do . "$0/$part.sh"; done
    say() { :; }
    tell() { :; }
    declare -A accepted=()
    sync() { :; } # of no account here
    present=mutual-tls entry=$ENTRY identity_version=0123456789ab ca=ca client=client authorization='' ${settings}
    file=$MIRROR_HOSTS_FOLDER/docker.io/hosts.toml
    three_ticks() { publish docker.io; publish docker.io; publish docker.io; }
    three_ticks
    ${damage}`;
  const run = (damage: string, input = '') => {
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script(damage), SCRIPTS], {
      input,
      env: {
        PATH: process.env.PATH,
        MIRROR_HOSTS_FOLDER: node.hosts,
        MIRROR_STATE_FOLDER: node.states,
        ENTRY,
        MIRROR_DIAL_TIMEOUT: '200ms',
        MIRROR_KEY_SECONDS: '60',
      },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(stderr).toBe('');
    return stdout;
  };
  const whole = run('cat "$file"');
  const all = cuts(whole);
  const loop = `slurp whole "$file"; slurp theirs "\${file%/*}/.secured-mirror.original" || theirs=$whole
    while IFS= read -r -d '' cut; do
      for name in hosts.toml .secured-mirror.written; do printf %s "$whole" >"\${file%/*}/$name"; done
      [[ -L \${file%/*} ]] || printf %s "$theirs" >"\${file%/*}/.secured-mirror.original"
      seen=()
      printf %s "$cut" >"$file"
      ${meanwhile}
      three_ticks
      slurp text "$file"; printf '%s\\0' "$text"
    done`;
  const texts = run(loop, all.map((cut) => `${cut}\0`).join('')).split('\0');
  return { whole, outcomes: all.map((cut, i) => ({ cut, text: texts[i] ?? '' })) };
}

/** Ours is in force, in a file that parses, and nothing of others that was still in it is lost. */
export function expectRepaired({ cut, text }: Outcome, theirs: string): void {
  const tables = parseToml(text);
  expect(hostsOf(tables)[0]).toBe(ENTRY);
  const rest = text.replace(BLOCK, '');
  expect(rest).not.toContain('secured-mirror');
  // A cut that took others' lines only, as an edit does, stays.
  const left = cut.replace(BLOCK, '');
  expect([theirs, left, `${left}\n`]).toContain(rest);
}
