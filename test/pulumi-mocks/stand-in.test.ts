import { refusals, settingsDifference } from '../pulumi/stand-ins/provider-settings';
import type { JsonObject } from '../pulumi/stand-ins/values';

const kubeconfig = (server: string, user = 'ann') =>
  JSON.stringify({
    'current-context': 'here',
    contexts: [
      { name: 'here', context: { cluster: 'a', user } },
      { name: 'there', context: { cluster: 'b', user } },
    ],
    clusters: [
      { name: 'a', cluster: { server } },
      { name: 'b', cluster: { server: 'https://b' } },
    ],
  });
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const incompatible = (key: string) => `"${key}" arg is not compatible with "renderYamlToDirectory" arg`;

describe("the stand-in for Pulumi's Kubernetes provider refuses, in its words", () => {
  it.each<[JsonObject, string[]]>([
    [{ renderYamlToDirectory: '/f' }, []],
    [{ renderYamlToDirectory: '/f', kubeconfig: '' }, []],
    [{ renderYamlToDirectory: '', kubeconfig: '/k', context: 'one' }, []],
    [{ renderYamlToDirectory: '/f', kubeconfig: '/k' }, [incompatible('kubeconfig')]],
    [{ renderYamlToDirectory: '/f', context: 'one', cluster: 'a' }, [incompatible('cluster'), incompatible('context')]],
    [{ alwaysRender: 'true' }, ['"alwaysRender" requires "renderYamlToDirectory" to be set']],
    [{ alwaysRender: 'true', renderYamlToDirectory: '/f' }, []],
  ])('%j', (settings, reasons) => {
    expect(refusals(settings).map(({ reason }) => reason)).toEqual(reasons);
  });

  it("but not the environment's kubeconfig, which SDKs hand on by themselves", () => {
    const before = process.env.KUBECONFIG;
    process.env.KUBECONFIG = '/of/the/environment';
    expect(refusals({ renderYamlToDirectory: '/f', kubeconfig: '/of/the/environment' })).toEqual([]);
    if (before === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before;
  });
});

describe('it is replaced for', () => {
  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['a folder', {}, { renderYamlToDirectory: '/f' }, ['renderYamlToDirectory']],
    ['another folder', { renderYamlToDirectory: '/f' }, { renderYamlToDirectory: '/g' }, ['renderYamlToDirectory']],
    ['no folder', { renderYamlToDirectory: '/f' }, {}, ['renderYamlToDirectory']],
    [
      'another cluster',
      { kubeconfig: kubeconfig('https://a') },
      { kubeconfig: kubeconfig('https://c') },
      ['kubeconfig'],
    ],
    [
      'another context',
      { kubeconfig: kubeconfig('https://a') },
      { kubeconfig: kubeconfig('https://a'), context: 'there' },
      ['context'],
    ],
    ['one that is not known yet', { kubeconfig: kubeconfig('https://a') }, { kubeconfig: UNKNOWN }, ['kubeconfig']],
    ['another identifier', { clusterIdentifier: 'a' }, { clusterIdentifier: 'b' }, ['clusterIdentifier']],
  ])('%s', (_, old, now, replaces) => {
    expect(settingsDifference(old, now).replaces).toEqual(replaces);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['another user', { kubeconfig: kubeconfig('https://a') }, { kubeconfig: kubeconfig('https://a', 'bob') }],
    ['a first kubeconfig', {}, { kubeconfig: kubeconfig('https://a') }],
    ['a first identifier', {}, { clusterIdentifier: 'a' }],
    [
      'a folder under the same identifier',
      { clusterIdentifier: 'a' },
      { clusterIdentifier: 'a', renderYamlToDirectory: '/f' },
    ],
    ['what it does with a cluster', {}, { upsertExistingObjects: 'true' }],
  ])('but not for %s', (_, old, now) => {
    const { changed, replaces } = settingsDifference(old, now);
    expect(replaces).toEqual([]);
    expect(changed).not.toEqual([]);
  });
});
