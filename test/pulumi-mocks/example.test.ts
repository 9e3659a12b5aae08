import { log, runtime } from '@pulumi/pulumi';
import { allRegistered, ca, mock } from './recording';

test('examples/pulumi makes these resources, and its secrets stay secret', async () => {
  const warn = jest.spyOn(log, 'warn').mockResolvedValue();
  const secrets = {
    'test:kubeconfig': 'PLANTED',
    'test:caCertificate': ca.certificate,
    'test:caKey': ca.key,
    'test:shopToken': 'PLANTED',
  };
  runtime.setAllConfig(secrets, Object.keys(secrets));
  const seen = mock();
  const outputs = jest.requireActual<{ configHash: { promise(): Promise<string> } }>('../../examples/pulumi');
  await outputs.configHash.promise();
  await allRegistered();
  expect(seen.map(({ type, name }) => `${type} ${name}`).sort()).toMatchSnapshot();
  expect(warn).not.toHaveBeenCalled();
  const open = seen.filter(({ type }) => !/:Secret$|pulumi:providers/.test(type)).map(({ inputs }) => inputs);
  expect(JSON.stringify(open)).not.toMatch(/PLANTED|PUBLIC|HIDDEN/);
  const hidden = seen.filter(({ type }) => type.endsWith(':Secret')).map(({ inputs }) => Object.keys(inputs.data)[0]);
  expect(hidden).toEqual(hidden.map(() => '4dabf18193072939515e22adb298388d'));
});
