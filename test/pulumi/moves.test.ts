import { NAMESPACE } from '../cluster/kubectl';
import { methods } from '../cluster/methods';
import { CREDENTIAL, newCa, newPassword } from '../cluster/secrets';
import { podUids, prepare, testCluster, tidy } from './cluster';
import { nameOf, Project, type Step } from './project';

jest.setTimeout(600_000);

describe('a move from basic authentication to mutual TLS, by updates', () => {
  let project: Project;
  let pods: string[];
  const gone = (steps: Step[]) => steps.filter(({ op }) => /delete|replace/.test(op)).map(nameOf);
  const moved = async (way: keyof typeof methods): Promise<string[]> => {
    await project.use(testCluster({ authentication: methods[way] }));
    return gone(await project.up());
  };

  beforeAll(async () => {
    await prepare();
    project = await Project.create();
    await project.use(testCluster({ authentication: methods.basic }));
    await project.setSecret('basicUsername', 'mirror');
    await project.setSecret('basicPassword', newPassword());
    await project.up();
    pods = await podUids();
    expect(pods.length).toBeGreaterThan(0);
  });

  afterAll(async () => {
    await project.remove();
    await tidy();
  });

  test('both, with the password still presented, deletes nothing', async () => {
    const ca = await newCa();
    await project.setSecret('caCertificate', ca.certificate);
    await project.setSecret('caKey', ca.key);
    expect(await moved('bothPresentingBasic')).toEqual([]);
  });

  test('both, with certificates presented, deletes nothing', async () => {
    expect(await moved('bothPresentingMutualTls')).toEqual([]);
  });

  test('mutual TLS alone deletes the Secret of the password alone', async () => {
    await project.unset('basicUsername');
    await project.unset('basicPassword');
    expect(await moved('mutualTls')).toEqual([`secured-mirror:${NAMESPACE}/${CREDENTIAL}`]);
  });

  test('and none of it replaced a pod', async () => {
    expect(await podUids()).toEqual(pods);
    expect(await project.preview('--expect-no-changes')).toEqual([]);
  });
});
