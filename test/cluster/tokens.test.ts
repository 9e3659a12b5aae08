import { readFileSync } from 'node:fs';
import { DOCKER_HUB } from '../../src/kubernetes/docker-hub';
import { checkEnvironment, nodes } from './environment';
import { apply, get, kubectl, tryKubectl } from './kubectl';
import { inNode, SETTINGS } from './nodes';
import { deleteNamespaces, newNamespace } from './pods';
import { eventually } from './run';
import { giveCa, newCa } from './secrets';
import { applyManifests, ready, uninstall } from './stack';
import { ask, podOf, pullers } from './token-admission';
import { TokenCommand } from './token-command';
import { allObjects, nodeLogs, tokensIn } from './token-leaks';
import { startPulling, type TokenLoad, toldPhases } from './token-load';
import { leadBack, leadNodes } from './token-nodes';
import { makePods, pullsOf, pullWith } from './token-pods';
import { NIGHTLY, RELEASE, TAG, type Token, TokenRegistry } from './token-registry';
import type { Asked } from './token-server';
import {
  giveKeys,
  giveToken,
  type Places,
  removePolicies,
  SECRETS,
  SHARED_USER,
  type Stacks,
  tokenStacks,
} from './token-stacks';

jest.setTimeout(900_000);

const image = (repository: string, host = DOCKER_HUB) => `${host}/${repository}:${TAG}`;
/** All spellings of Docker Hub. */
const spellings = (repository: string) => [
  `${repository}:${TAG}`,
  ...['docker.io', 'index.docker.io', 'registry-1.docker.io'].map((host) => image(repository, host)),
];
const node = (number: number) => nodes()[number % nodes().length] ?? '';
/** By a name of its own: of what has the name `kubectl`, apply takes away all that these manifests do not name. */
const put = (manifests: string) => applyManifests(manifests, '--field-manager=secure-mirror');
/** How often a token was granted and refused, by `name repository`. */
const counts = (asked: Asked[]) => {
  const sums: { [what: string]: number } = {};
  for (const { by, repository, granted } of asked) {
    const what = `${by} ${repository}: ${granted?.join(',') ?? 'refused'}`;
    sums[what] = (sums[what] ?? 0) + 1;
  }
  return sums;
};

describe('organisation tokens', () => {
  let registry: TokenRegistry;
  let command: TokenCommand;
  let places: Places;
  let stacks: Stacks;
  let other: string;
  let current: Token;
  const loads: TokenLoad[] = [];
  const made: { release?: Token; nightly?: Token; shared?: Token } = {};
  const token = (name: keyof typeof made): Token => made[name] as Token;
  const pullAs = (serviceAccount: string, ...images: string[]) =>
    pullWith(places.apps, [{ node: node(0), serviceAccount, images }]);

  /** Makes the tokens, pushes the images with those that push, and leads nodes to them. */
  const fill = async () => {
    await leadNodes(registry.host, registry.ca);
    const pushing = ['pull', 'push'];
    for (const [name, repository] of [
      ['release', RELEASE],
      ['nightly', NIGHTLY],
    ] as const) {
      made[name] = registry.make(`${name} pull`, { [repository]: ['pull'] });
      const push = registry.make(`${name} push`, { [repository]: pushing });
      await registry.push(push, repository);
      if (name === 'nightly') await giveToken(places.build, SECRETS.push, push, [NIGHTLY], registry.host);
    }
    const both = { [RELEASE]: pushing, [NIGHTLY]: pushing };
    made.shared = registry.make('shared account', both, { user: SHARED_USER });
    current = token('nightly');
    await giveToken(places.apps, SECRETS.release, token('release'), [RELEASE], registry.host);
    await giveToken(places.apps, SECRETS.nightly, current, [NIGHTLY], registry.host);
    await giveKeys(places.apps, SECRETS.shared, token('shared'), [DOCKER_HUB, registry.host]);
  };

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    await removePolicies();
    registry = await TokenRegistry.start();
    command = new TokenCommand(registry.caFile);
    places = { apps: await newNamespace('apps'), build: await newNamespace('build') };
    other = await newNamespace('other');
    [stacks] = await Promise.all([tokenStacks(places, registry.host), fill()]);
    const { apps } = places;
    await apply(...pullers(apps, 'before', [SECRETS.push]), {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace: apps, name: 'controller', labels: { app: 'controller' }, annotations: { own: 'yes' } },
      automountServiceAccountToken: false,
      secrets: [{ name: 'own' }],
    });
    await put(stacks.manifests.base);
    await giveCa(await newCa());
    await ready();
  });

  afterAll(async () => {
    command?.remove();
    const uninstalled = uninstall(stacks && { manifests: stacks.manifests.base });
    const ended = await Promise.allSettled([uninstalled.finally(leadBack), deleteNamespaces(), registry?.stop()]);
    expect(ended.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  afterEach(() => Promise.all(loads.splice(0).map((load) => load.stop())));

  test('a ServiceAccount that was there keeps all it has', async () => {
    const { metadata, ...account } = await get('-n', places.apps, 'serviceaccount', 'controller');
    expect({ labels: metadata.labels, own: metadata.annotations.own }).toEqual({
      labels: { app: 'controller' },
      own: 'yes',
    });
    expect(account).toMatchObject({ automountServiceAccountToken: false, secrets: [{ name: 'own' }] });
    expect(account.imagePullSecrets).toEqual([{ name: SECRETS.release }, { name: SECRETS.nightly }]);
  });

  test('from one ServiceAccount each image is pulled with its own token, at the first try, by all spellings', async () => {
    for (const name of nodes()) {
      await eventually(`the mirror in the settings of ${name}`, 30, async () => {
        const settings = await inNode(name, 'cat', `${SETTINGS}/${DOCKER_HUB}/hosts.toml`);
        expect(settings).toContain(registry.host);
        return settings.includes('127.0.0.1:30020');
      });
    }
    const asked = registry.watch();
    const images = [...spellings(RELEASE), ...spellings(NIGHTLY)];
    const pods = images.map((one, i) => ({ node: node(i), serviceAccount: 'controller', images: [one] }));
    const pulls = await pullWith(places.apps, pods);
    expect(pulls.flatMap(({ failures }) => failures)).toEqual([]);
    const sums = counts(asked());
    expect(Object.keys(sums).sort()).toEqual([`nightly pull ${NIGHTLY}: pull`, `release pull ${RELEASE}: pull`]);
    const names = new Set(pulls.map((pull) => pull.image));
    console.log(`${pulls.length} pulls of ${names.size} spellings: 0 failed; token service: ${JSON.stringify(sums)}`);
  });

  test('a ServiceAccount without the tokens gets nothing', async () => {
    const asked = registry.watch();
    const pulls = await pullAs('default', image(RELEASE), image(NIGHTLY));
    expect(pulls.filter(({ succeeded }) => succeeded)).toEqual([]);
    expect(asked().flatMap(({ granted }) => granted ?? [])).toEqual([]);
  });

  test('revoking nightly leaves release untouched', async () => {
    registry.setActive(current, false);
    try {
      const asked = registry.watch();
      const pulls = await pullAs('controller', image(RELEASE), image(NIGHTLY));
      const of = (repository: string) => pulls.find((pull) => pull.image.includes(repository));
      expect(of(RELEASE)?.succeeded).toBe(true);
      expect(of(NIGHTLY)?.succeeded).toBe(false);
      const sums = counts(asked());
      expect(Object.keys(sums).sort()).toEqual([`nightly pull ${NIGHTLY}: refused`, `release pull ${RELEASE}: pull`]);
      console.log(`nightly revoked: release pulled; nightly: ${of(NIGHTLY)?.failures[0]}`);
    } finally {
      registry.setActive(current, true);
    }
  });

  test('a rotation under load costs no pull, and a naive one does', async () => {
    const { apps } = places;
    const next = (number: number) => ({
      node: node(number),
      serviceAccount: 'controller',
      images: [image(RELEASE), image(NIGHTLY)],
    });
    const load = startPulling(apps, 'old one alone', next);
    loads.push(load);
    const old = current;
    const fresh = registry.make('nightly pull, new', { [NIGHTLY]: ['pull'] }, { active: false });
    const lines: string[] = [];
    /** What was asked about nightly while a phase lasted. */
    const phase = async (name: string, seconds: number) => {
      const asked = registry.watch();
      await load.phase(name, seconds);
      const isIts = ({ repository }: Asked) => repository === NIGHTLY;
      await eventually(`a pull while ${name}`, 30, async () => asked().some(isIts));
      const sums = counts(asked().filter(isIts));
      lines.push(`  ${name}: ${JSON.stringify(sums)}`);
      return Object.keys(sums).sort();
    };
    const newRefused = `${fresh.name} ${NIGHTLY}: refused`;
    const newWorks = `${fresh.name} ${NIGHTLY}: pull`;
    const oldWorks = `${old.name} ${NIGHTLY}: pull`;

    expect(await phase('old one alone', 4)).toEqual([oldWorks]);
    await giveToken(apps, SECRETS.previous, old, [NIGHTLY], registry.host);
    await put(stacks.manifests.overlap);
    await load.settled(); // pods that were made before have only the one Secret
    await giveToken(apps, SECRETS.nightly, fresh, [NIGHTLY], registry.host);
    await load.phase('new one arrives, not active', 1);
    await load.settled();
    expect(await phase('new one not active, old one valid', 6)).toEqual([newRefused, oldWorks].sort());
    registry.setActive(fresh, true);
    await load.phase('new one becomes active', 1);
    await load.settled();
    expect(await phase('both valid', 4)).toEqual([newWorks]);
    registry.setActive(old, false);
    expect(await phase('old one revoked', 6)).toEqual([newWorks]);
    await put(stacks.manifests.base);
    await phase('previousSecret dropped', 2);
    await kubectl(['-n', apps, 'delete', 'secret', SECRETS.previous]);
    expect(await phase('its Secret deleted', 4)).toEqual([newWorks]);
    const rotation = await load.end();
    current = fresh;
    console.log(`rotation:\n${toldPhases(rotation.phases)}\ntoken service:\n${lines.join('\n')}`);
    expect(rotation.messages).toEqual([]);

    const naive = startPulling(apps, 'before', next);
    loads.push(naive);
    const hasty = registry.make('nightly pull, hasty', { [NIGHTLY]: ['pull'] }, { active: false });
    await naive.phase('before', 2);
    await giveToken(apps, SECRETS.nightly, hasty, [NIGHTLY], registry.host);
    const asked = registry.watch();
    await naive.phase('Secret replaced, no previousSecret, new one not active', 5);
    await eventually('a pull with the new one', 30, async () => asked().some(({ by }) => by === hasty.name));
    registry.setActive(hasty, true);
    await naive.phase('active at last', 2);
    const figures = await naive.end();
    registry.setActive(fresh, false);
    current = hasty;
    console.log(`naive rotation:\n${toldPhases(figures.phases)}`);
    expect(figures.phases.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(0);
    expect(figures.messages.every((message) => message.includes(NIGHTLY))).toBe(true);
  });

  test('a revoked token falls back to the old account silently, and verify says so', async () => {
    const verify = async () => command.run(stacks.files.byAddress, 'verify', '--from-cluster');
    const before = await verify();
    expect(before).toMatchObject({ code: 0 });
    registry.setActive(current, false);
    try {
      const asked = registry.watch();
      const [pull] = await pullAs('legacy', image(NIGHTLY));
      expect(pull?.failures).toEqual([]);
      const sums = counts(asked());
      const fallback = `shared account ${NIGHTLY}: pull`;
      expect(Object.keys(sums).sort()).toEqual([`${current.name} ${NIGHTLY}: refused`, fallback].sort());
      const after = await verify();
      expect(after.code).toBe(1);
      expect(after.text).toContain(`"shared account ${SHARED_USER}" still pulls`);
      console.log(`silent fallback: pulled; ${JSON.stringify(sums)}\nverify, exit code ${after.code}:\n${after.text}`);
    } finally {
      registry.setActive(current, true);
    }
  });

  test('a key index.docker.io without a path hides no revocation', async () => {
    const shared = token('shared');
    await giveKeys(places.apps, SECRETS.shared, shared, ['https://index.docker.io/v1/']);
    registry.setActive(current, false);
    try {
      const asked = registry.watch();
      const [pull] = await pullAs('legacy', image(NIGHTLY));
      expect(pull?.succeeded).toBe(false);
      expect(asked().map(({ by }) => by)).not.toContain(shared.name);
    } finally {
      registry.setActive(current, true);
      await giveKeys(places.apps, SECRETS.shared, shared, [DOCKER_HUB, registry.host]);
    }
  });

  test('the Secret of a push token is denied as an imagePullSecret, with the reason', async () => {
    const { apps } = places;
    const wanted =
      `the Secret ${SECRETS.push} holds a token that can push: it is for a build, never an imagePullSecret; ` +
      'name the Secret of a token that only pulls';
    const answers = await ask(pullers(apps, 'pushing', [SECRETS.release, SECRETS.push]));
    expect(answers.map(({ admitted }) => admitted)).toEqual([false, false, false, false]);
    for (const { message } of answers) expect(message).toContain(wanted);
    console.log(`push Secret as imagePullSecret: ${answers[0]?.message}`);
    const fine = await ask(pullers(apps, 'pulling', [SECRETS.release, SECRETS.nightly]));
    expect(fine.filter(({ admitted }) => !admitted)).toEqual([]);
  });

  test('what had it before can still be changed otherwise, and drift names it', async () => {
    const { apps } = places;
    const [pod, ...others] = pullers(apps, 'before', [SECRETS.push], { changed: 'yes' });
    const answers = await ask([pod as object, ...others]);
    expect(answers.filter(({ admitted }) => !admitted)).toEqual([]);
    const drift = await command.run(stacks.files.base, 'drift', '--json');
    expect(drift.code).toBe(1);
    const codes = (JSON.parse(drift.text) as { findings: { code: string; subject: string }[] }).findings;
    const found = codes.filter(({ code }) => code === 'push-pulls').map(({ subject }) => subject);
    expect(found.sort()).toEqual(
      ['CronJob', 'Deployment', 'Pod', 'ServiceAccount'].map((kind) => `${kind} ${apps}/before`),
    );
    const objects = ['pod/before', 'serviceaccount/before', 'deployment/before', 'cronjob/before'];
    await kubectl(['-n', apps, 'delete', '--wait=false', ...objects]);
  });

  test('a Secret with the name of a push token is denied where no build is declared for it', async () => {
    const secret = (namespace: string, name: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace, name },
      stringData: { any: 'thing' },
    });
    const unbuilt = 'kubernetes-ingress-controller-push';
    const [elsewhere, atApps, ciOnly, own] = await ask([
      secret(other, SECRETS.push),
      secret(places.apps, SECRETS.push),
      secret(places.build, unbuilt),
      secret(other, 'own'),
    ]);
    expect([elsewhere, atApps, ciOnly, own].map((it) => it?.admitted)).toEqual([false, false, false, true]);
    expect(elsewhere?.message).toContain('this namespace has no build that is declared for it');
    const { code } = await tryKubectl(['-n', places.build, 'label', 'secret', SECRETS.push, 'still=mine']);
    expect(code).toBe(0);
  });

  test('a pod that names a pull secret of its own gets the tokens too', async () => {
    const secretsOf = async (serviceAccount: string, ...own: string[]) => {
      const [answer] = await ask([podOf(places.apps, serviceAccount, own)]);
      const { spec } = JSON.parse(answer?.message ?? '') as { spec: { imagePullSecrets?: { name: string }[] } };
      return spec.imagePullSecrets?.map(({ name }) => name);
    };
    const ours = [SECRETS.release, SECRETS.nightly];
    await eventually('the policy is in force', 20, async () => (await secretsOf('injected', 'own'))?.length === 3);
    expect(await secretsOf('injected', 'own')).toEqual(['own', ...ours]);
    expect(await secretsOf('injected', 'own', SECRETS.nightly)).toEqual(['own', SECRETS.nightly, SECRETS.release]);
    expect(await secretsOf('injected')).toEqual(ours);
    expect(await secretsOf('controller', 'own')).toEqual(['own']);
  });

  test('each holder may get the one Secret, and nobody may list them', async () => {
    const { apps, build } = places;
    const can = async (who: string, namespace: string, verb: string, what: string) => {
      const asked = ['auth', 'can-i', '-n', namespace, verb, what, `--as=system:serviceaccount:${who}`];
      return (await tryKubectl(asked)).stdout.trim();
    };
    const auditor = `${apps}:auditor`;
    const builder = `${build}:builder`;
    const answers = {
      'holder, its Secret': await can(auditor, apps, 'get', `secret/${SECRETS.nightly}`),
      'holder, another Secret': await can(auditor, apps, 'get', `secret/${SECRETS.release}`),
      'holder, list': await can(auditor, apps, 'list', 'secrets'),
      'holder, watch its Secret': await can(auditor, apps, 'watch', `secret/${SECRETS.nightly}`),
      'holder, change its Secret': await can(auditor, apps, 'update', `secret/${SECRETS.nightly}`),
      'builder, its Secret': await can(builder, build, 'get', `secret/${SECRETS.push}`),
      'builder, list': await can(builder, build, 'list', 'secrets'),
      'builder, the pull Secret': await can(builder, apps, 'get', `secret/${SECRETS.nightly}`),
      'controller, its own pull Secret': await can(`${apps}:controller`, apps, 'get', `secret/${SECRETS.nightly}`),
      'stranger, the push Secret': await can(`${apps}:default`, build, 'get', `secret/${SECRETS.push}`),
    };
    const yes = Object.entries(answers).filter(([, answer]) => answer === 'yes');
    expect(yes.map(([what]) => what)).toEqual(['holder, its Secret', 'builder, its Secret']);
    expect(Object.values(answers).every((answer) => ['yes', 'no'].includes(answer))).toBe(true);
  });

  test('the shared account is found, denied after its last day, and gone when nothing has it', async () => {
    const { apps } = places;
    const pod = podOf(apps, 'default', [SECRETS.shared]);
    expect((await ask([pod])).map(({ admitted }) => admitted)).toEqual([true]);
    const [name = ''] = await makePods(apps, [{ node: node(1), serviceAccount: 'legacy', images: [image(NIGHTLY)] }]);
    await eventually('its pull', 30, async () => (await pullsOf(apps)).some((pull) => pull.pod === name));
    const before = await command.run(stacks.files.base, 'retire');
    expect(before.code).toBe(1);
    for (const what of [`Secret ${SECRETS.shared}`, 'ServiceAccount legacy', `Pod ${name}`]) {
      expect(before.text).toContain(what);
    }

    await put(stacks.manifests.retired);
    const denied = await eventually('the policy is in force', 20, async () => {
      const [answer] = await ask([pod]);
      return answer?.admitted === false && answer;
    });
    expect(denied.message).toContain(`the shared account of the Secret ${SECRETS.shared} ended after `);
    expect((await ask([podOf(apps, 'default', [SECRETS.nightly])])).map(({ admitted }) => admitted)).toEqual([true]);
    await kubectl(['-n', apps, 'delete', `pod/${name}`, `secret/${SECRETS.shared}`]);
    const [after, drift] = await Promise.all([
      command.run(stacks.files.retired, 'retire'),
      command.run(stacks.files.retired, 'drift'),
    ]);
    console.log(
      `retire, exit code 1:\n${before.text}\n${denied.message}\nat last:\n${after.text}\ndrift:\n${drift.text}`,
    );
    expect([after.code, drift.code]).toEqual([0, 0]);
  });

  test('no token is anywhere but in its Secret', async () => {
    const { dockerConfigs, others } = await allObjects();
    const known = [current.name, 'nightly push', 'release pull'];
    expect(tokensIn(dockerConfigs, registry.all)).toEqual(expect.arrayContaining(known));
    expect(tokensIn(others, registry.all)).toEqual([]);
    const logs = nodeLogs();
    expect(logs === '' || logs.includes(NIGHTLY)).toBe(true);
    expect(tokensIn(logs, registry.all)).toEqual([]);
    expect(tokensIn(command.said.join('\n'), registry.all)).toEqual([]);
    expect(tokensIn(readFileSync(stacks.files.base, 'utf8'), registry.all)).toEqual([]);
    const { length } = others;
    console.log(
      `${registry.all.length} tokens looked for in ${length} characters of objects and ${logs.length} of logs`,
    );
  });
});
