import { isExempt, proxy } from '../../../../src/cli/check/node/proxy';
import { saidOf } from './probed';

const SERVICE = { entry: { clusterIp: { address: '10.96.77.77' } } };
const UNIT = '/etc/systemd/system/containerd.service.d/proxy.conf';
const facts = (...variables: [name: string, value: string][]) => ({
  facts: { units: [UNIT], variables: variables.map(([name, value]) => ({ file: UNIT, name, value })) },
});

describe('a proxy', () => {
  it('does not matter for 127.0.0.1', async () => {
    expect(await saidOf(proxy, facts(['HTTPS_PROXY', 'http://proxy:3128']))).toMatchObject([
      { level: 'ok', message: expect.stringContaining(`${UNIT} sets HTTPS_PROXY = http://proxy:3128`) },
    ]);
  });

  it('takes the requests for a Service, until NO_PROXY exempts it', async () => {
    const [finding] = await saidOf(
      proxy,
      facts(['HTTPS_PROXY', 'http://proxy:3128'], ['NO_PROXY', '10.0.0.0/24,.svc']),
      SERVICE,
    );
    expect(finding).toMatchObject({
      level: 'problem',
      message: expect.stringContaining('NO_PROXY does not exempt 10.96.77.77'),
      fix: `add 10.96.77.77 to NO_PROXY in ${UNIT} and restart containerd`,
    });
    const after = facts(['HTTPS_PROXY', 'http://proxy:3128'], ['NO_PROXY', '10.0.0.0/24,.svc,10.96.77.77']);
    expect(await saidOf(proxy, after, SERVICE)).toMatchObject([{ level: 'ok' }]);
  });

  it.each([
    ['none', facts(), 'ok'],
    ['an empty one', facts(['https_proxy', 'http://a'], ['HTTPS_PROXY', '']), 'ok'],
    ['one for another scheme', facts(['HTTP_PROXY', 'http://a']), 'ok'],
    ['one of k3s', facts(['CONTAINERD_HTTPS_PROXY', 'http://a'], ['HTTPS_PROXY', '']), 'problem'],
    ['units that do not exist', { facts: { units: [] } }, 'unknown'],
  ])('of a Service: %s', async (_, node, level) => {
    expect(await saidOf(proxy, node, SERVICE)).toMatchObject([{ level }]);
  });

  it('for plain HTTP matters where nodes present a password', async () => {
    const basic = { ...SERVICE, authentication: { basic: { credential: {} } } };
    expect(await saidOf(proxy, facts(['HTTP_PROXY', 'http://a']), basic)).toMatchObject([{ level: 'problem' }]);
  });
});

describe('NO_PROXY', () => {
  it.each([
    ['*', '10.96.77.77', true],
    ['10.96.77.77', '10.96.77.77', true],
    ['a, 10.96.77.77:30020', '10.96.77.77', true],
    ['10.96.77.77:443', '10.96.77.77', false],
    ['10.96.0.0/12', '10.96.77.77', true],
    ['10.97.0.0/16', '10.96.77.77', false],
    ['10.96.0.0/33', '10.96.77.77', false],
    ['10.96.0.0/', '10.96.77.77', false],
    ['10.96', '10.96.77.77', false],
    ['', '10.96.77.77', false],
    ['fd00::/8', 'fd00::7', true],
    ['[fd00::7]', 'fd00::7', true],
    ['10.0.0.0/8', 'fd00::7', false],
  ])('%s exempts %s: %s', (list, address, exempt) => {
    expect(isExempt(list, address, 30020)).toBe(exempt);
  });
});
