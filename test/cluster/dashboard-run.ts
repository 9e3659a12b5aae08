import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authentication } from '../../src';
import { answers } from './dashboard';
import { checkEnvironment, nodes } from './environment';
import { SETTINGS, tryInNode } from './nodes';
import { defineOperatorKinds } from './operator-kinds';
import { deleteNamespaces, newNamespace, startToolbox } from './pods';
import { openRegistry, pushNew } from './registry';
import { sleep } from './run';
import { giveCredential, newPassword } from './secrets';
import { applyManifests, type Installed, install, mirrorPodOn, mirrorPods, ready, synthAll, uninstall } from './stack';
import { pathsOf } from './strangers';
import { configuration, giveWatchedSecrets, watch, watchedCluster } from './watched';

jest.setTimeout(3_600_000);

const MINUTE = 60_000;
const FILE = join(__dirname, '../../bench/results/dashboard.json');

/**
 * Twelve minutes in the life of a cluster, for the picture of the dashboard: nodes pull all the time; a tenant asks as of a plain
 * Spegel, until permissive mode ends; then strangers knock, and the password is changed. It is no test and has another name; CONTRIBUTING.md
 * says how to run it.
 */
test('twelve minutes', async () => {
  checkEnvironment();
  await uninstall(undefined);
  const forgetKinds = await defineOperatorKinds();
  const namespace = await newNamespace('monitoring');
  const both = watchedCluster(namespace);
  const certificates = { duration: '2h', renewBefore: '1h' };
  const mutualTls = { issuer: { caSecret: 'mirror-ca' }, certificates };
  const metrics = { from: both.metrics?.from ?? [] };
  const permissive = { ...both, metrics, authentication: Authentication.permissive(mutualTls) };
  const enforcing = { ...both, authentication: { ...both.authentication, mutualTls } };
  let stack: Installed | undefined;
  try {
    stack = await install(permissive, giveWatchedSecrets);
    const [manifests = ''] = await synthAll([enforcing]);
    const prometheus = await watch(namespace, nodes()[0]);
    const start = Math.floor(Date.now() / 10_000) * 10;
    const tenant = await startToolbox(namespace, 'tenant', nodes()[1]);
    const until = (minutes: number) => sleep(start * 1000 + minutes * MINUTE - Date.now());
    let going = true;
    const pulling = pullAll(() => going);
    const asking = async () => {
      const image = await pushNew(openRegistry());
      const { ip } = await mirrorPodOn(nodes()[0]);
      const [path = ''] = pathsOf(image);
      // It goes on for longer than an exec may.
      const ask = `curl -s -m 1 -o /dev/null 'http://${ip}:5443${path}'`;
      await tenant.shell(`(for i in $(seq 200); do ${ask}; sleep 0.5; done) >/dev/null 2>&1 &`);
    };
    await until(0.5);
    await asking();
    await until(3);
    await applyManifests(manifests);
    await ready();
    await prometheus.configure(configuration(await mirrorPods()));
    await until(5.5);
    await knockAll();
    await until(7.5);
    await giveCredential(newPassword());
    await until(12);
    going = false;
    await pulling;
    const end = Math.floor(Date.now() / 10_000) * 10;
    writeFileSync(FILE, `${JSON.stringify(await answers(prometheus, { start, end, step: 10 }))}\n`);
  } finally {
    await Promise.all([uninstall(stack), deleteNamespaces()]);
    await forgetKinds();
  }
});

/** Rollouts of images of some megabytes: one node has each first, and the others follow. */
async function pullAll(going: () => boolean): Promise<void> {
  for (let round = 0; going(); round++) {
    const [layers, megabytes] = [2 + (round % 3), [3, 8, 5, 12][round % 4] ?? 3];
    const { reference } = await pushNew(openRegistry(), layers, megabytes * 2 ** 20);
    const pull = (node: string) =>
      tryInNode(node, 'ctr', '--namespace', 'k8s.io', 'images', 'pull', '--hosts-dir', SETTINGS, reference);
    const all = nodes();
    const first = all[round % all.length] ?? all[0];
    await pull(first);
    await sleep(1500);
    await Promise.all(all.filter((node) => node !== first).map(pull));
    await sleep(3000 + 4000 * (round % 3));
  }
}

/** Strangers on a node, whom its policies let through: without a certificate, and with one of their own. */
async function knockAll(): Promise<void> {
  const node = nodes()[1];
  const { ip } = await mirrorPodOn(node);
  const own = '/run/dashboard-run';
  const script = [
    `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=stranger -keyout ${own}.key -out ${own}.crt`,
    'knock() { end=$((SECONDS + $1)) pause=$2; shift 2; while ((SECONDS < end)); do curl -sk -m 2 -o /dev/null "$@"; sleep "$pause"; done; }',
    `knock 80 0.3 https://${ip}:5443/ &`,
    `knock 60 0.6 --cert ${own}.crt --key ${own}.key https://${ip}:5444/ &`,
    'knock 70 1 https://127.0.0.1:30020/ &',
    `wait; rm ${own}.key ${own}.crt`,
  ];
  const { code, stderr } = await tryInNode(node, 'bash', '-c', script.join('\n'));
  if (code !== 0) throw new Error(stderr);
}
