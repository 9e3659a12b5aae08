import { SettingsError } from '../../src/settings/errors';
import { parseStackFile } from '../../src/stack/reader';
import { authentication } from './wrong-inputs/authentication';
import { clusters } from './wrong-inputs/clusters';
import { contradictions } from './wrong-inputs/contradictions';
import { credentials } from './wrong-inputs/credentials';
import { defaults } from './wrong-inputs/defaults';
import { extraRules } from './wrong-inputs/extra-rules';
import { form } from './wrong-inputs/form';
import { guards } from './wrong-inputs/guards';
import { keys } from './wrong-inputs/keys';
import { kinds } from './wrong-inputs/kinds';
import { mutualTls } from './wrong-inputs/mutual-tls';
import { network } from './wrong-inputs/network';
import { patches } from './wrong-inputs/patches';
import { publicRepositories } from './wrong-inputs/public-repositories';
import { registries } from './wrong-inputs/registries';
import { secretNames } from './wrong-inputs/secret-names';
import { secrets } from './wrong-inputs/secrets';
import { slips } from './wrong-inputs/slips';
import { spelling } from './wrong-inputs/spelling';

describe.each(
  Object.entries({
    form,
    keys,
    kinds,
    spelling,
    registries,
    publicRepositories,
    contradictions,
    authentication,
    mutualTls,
    credentials,
    secretNames,
    clusters,
    network,
    extraRules,
    patches,
    defaults,
    guards,
    secrets,
    slips,
  }),
)('wrong inputs: %s', (_, inputs) => {
  it.each(inputs)('fails with $title', ({ text, errors }) => {
    expect(errorOf(text)?.message.split('\n')).toEqual(errors.map((error) => `stack.yaml:${error}`));
  });
});

it('fails with all mistakes of a file at once, in its order', () => {
  const error = errorOf(`clusters:
  - name: one
    platform: K3s
    registries: [Docker.io]
    limit: {}
    entry: {}
  - name: one
`);
  const places = error?.problems.map(({ line, key }) => [line, key]);
  expect(places).toEqual([
    [2, 'clusters[0].authentication'],
    [3, 'clusters[0].platform'],
    [4, 'clusters[0].registries[0]'],
    [5, 'clusters[0].limit'],
    [6, 'clusters[0].entry'],
    [7, 'clusters[1].registries'],
    [7, 'clusters[1].authentication'],
    [7, 'clusters[1].name'],
  ]);
});

it('lists the first 50 of thousands of mistakes and counts the rest; all are there by their parts', () => {
  const wrong = (count: number) => `clusters:\n${'  - 5\n'.repeat(count)}`;
  const lines = errorOf(wrong(3000))?.message.split('\n');
  expect(lines).toHaveLength(51);
  expect(lines?.[49]).toMatch(/^stack\.yaml:51:5: clusters\[49\]: got 5; /);
  expect(lines?.[50]).toBe('and 2950 more mistakes');
  expect(errorOf(wrong(3000))?.problems).toHaveLength(3000);
  expect(errorOf(wrong(51))?.message.split('\n').at(-1)).toBe('and 1 more mistake');
  expect(errorOf(wrong(50))?.message.split('\n')).toHaveLength(50);
});

it('fails with the parts of each mistake by name', () => {
  expect(errorOf('clusters: 5')?.problems).toEqual([
    {
      file: 'stack.yaml',
      line: 1,
      column: 11,
      key: 'clusters',
      value: '5',
      message: 'expected a list of mappings',
    },
  ]);
});

function errorOf(text: string): SettingsError | undefined {
  try {
    parseStackFile(text, 'stack.yaml');
    return undefined;
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}
