import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, type Ended, endOf, launch, stackText } from '../cli/manners/launch';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
  mkdirSync(join(folder, 'disk'));
  writeFileSync(join(folder, 'stack.yaml'), stackText());
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a line of a shell that sees a file system of its own in the folder `disk`, of some size; lists then what is in it. */
function onDisk(size: string, line: string): Promise<Ended> {
  const steps = [
    `mount -t tmpfs -o size=${size} none disk`,
    // What fills the disk, so that not a page is left but the command's.
    line.replaceAll('secure-mirror', COMMAND),
    'code=$?',
    'find disk -type f -printf "%P %s\\n" | sort',
    'exit $code',
  ];
  const script = steps.join('\n').replaceAll("'", `'\\''`);
  return endOf(launch(`unshare --user --map-root-user --mount bash -c '${script}'`, folder));
}

describe('a disk that is full', () => {
  it('gets no half manifest, and says so', async () => {
    const { code, stdout, stderr } = await onDisk('16k', 'secure-mirror synth -o disk/out');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^secure-mirror: disk\/out\/cluster-0\/mirror[.]k8s[.]yaml: the disk is full; name another folder with --output\n$/,
      ),
    });
    expect(stdout).toMatch(/^ledger\/[.]secure-mirror \d+\nout\/[.]secure-mirror \d+\n$/);
  });

  it('keeps the manifests of an earlier run as they were', async () => {
    const lines = [
      'secure-mirror synth -o disk/out >/dev/null',
      'sha256sum disk/out/cluster-0/* >before',
      'dd if=/dev/zero of=disk/filler 2>/dev/null',
      'sed -i s/registry.example/other.example/ stack.yaml',
      'secure-mirror synth -o disk/out',
      'code=$?',
      'sha256sum --check --quiet before && echo the same',
      '(exit $code)',
    ];
    const { code, stdout, stderr } = await onDisk('1m', lines.join('\n'));
    expect(stderr).toMatch(/^secure-mirror: disk\/out.*: the disk is full; name another folder with --output\n$/);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^the same\n/);
    expect(stdout).not.toMatch(/[.][0-9a-f]{12} \d/);
  });

  it.each([
    ['a Secret', 'echo planted | secure-mirror tokens docker-config --purpose app --output disk/new.json'],
    [
      'the configuration of docker',
      'echo planted | DOCKER_CONFIG=disk/d secure-mirror tokens docker-config --purpose app',
    ],
    ['a first stack.yaml', 'secure-mirror init --file disk/stack.yaml'],
  ])('gets no half file of %s', async (_, line) => {
    const full = `dd if=/dev/zero of=disk/filler 2>/dev/null; ${line}`;
    const { code, stdout, stderr } = await onDisk('64k', full);
    expect(stderr).toMatch(/^secure-mirror: .*the disk is full[^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: 'filler 65536\n' });
  });
});
