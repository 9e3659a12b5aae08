import { log } from '@pulumi/pulumi';
import { stringify } from 'yaml';
import type { SecuredStackArgs } from '../../../src/pulumi';
import { SettingsError } from '../../../src/settings/errors';
import { parseStackFile } from '../../../src/stack/reader';
import { resolveStack } from '../../../src/stack/resolve';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { registered } from '../../pulumi-mocks/recording';
import { type Manifest, minimal, objectsOf } from '../../support';
import { foundAt, settingsWith } from './apply';
import { fileKeys } from './file-keys';
import { gitopsKeys } from './gitops-keys';
import type { KeyCase } from './key-case';
import { monitoringKeys } from './monitoring-keys';
import { outputKeys } from './output-keys';
import { podKeys } from './pod-keys';

beforeEach(() => {
  jest.spyOn(log, 'warn').mockResolvedValue(undefined);
});

/** The cases of each part of the settings. */
const tables: { readonly [part: string]: readonly KeyCase[] } = {
  podKeys,
  fileKeys,
  gitopsKeys,
  monitoringKeys,
  outputKeys,
};
const cases = Object.values(tables).flat();
const wrong = cases.flatMap((one) =>
  one.wrong.map(({ value, message }) => ({
    key: one.key,
    settings: settingsWith(one, value),
    lines: [message].flat(),
    shown: JSON.stringify(value),
  })),
);

/** The mistakes that a program gets, sorted: it has no file whose order they could have. */
const mistakes = (error: Error) => error.message.split('\n').slice(1).sort();

async function resourcesOf(settings: SecuredStackProps): Promise<Manifest[]> {
  const { resources } = await registered(settings as SecuredStackArgs);
  return resources.map(({ inputs }) => inputs).filter(({ kind }) => kind !== undefined);
}

describe.each(cases)('$key', (one) => {
  const settings = settingsWith(one, one.value);
  const without = objectsOf({ ...minimal, ...one.beside });

  it('is the same in stack.yaml', () => {
    const { clusters } = parseStackFile(
      stringify({ clusters: [settings] }, { aliasDuplicateObjects: false }),
      'a file',
    );
    expect(clusters.map(resolveStack)).toEqual([resolveStack(settings)]);
  });

  it('changes objects that the library makes', () => {
    const objects = objectsOf(settings);
    for (const change of one.changes) {
      expect({ ...change, value: foundAt(objects, change) }).toEqual(change);
      expect(foundAt(without, change)).not.toEqual(change.value);
    }
  });

  it('changes the same that Pulumi registers', async () => {
    const objects = await resourcesOf(settings);
    for (const change of one.changes) {
      expect({ ...change, value: foundAt(objects, change) }).toEqual(change);
    }
  });
});

describe.each(wrong)('$key: $shown is refused', ({ key, settings, lines }) => {
  it('by stack.yaml, with the line', () => {
    const text = stringify({ clusters: [settings] }, { aliasDuplicateObjects: false });
    const error = errorOf(() => parseStackFile(text, 'stack.yaml'));
    expect(error).toBeInstanceOf(SettingsError);
    const problems = (error as SettingsError).problems;
    expect((error as Error).message.split('\n').map((line) => line.replace(/^stack\.yaml:\d+:\d+: /, ''))).toEqual(
      lines.map((line) => `clusters[0].${line}`),
    );
    const [top = ''] = key.split('.');
    const all = text.split('\n');
    const first = all.findIndex((line) => /^ {4}\w/.test(line) && line.trim().startsWith(`${top}:`)) + 1;
    const next = all.findIndex((line, index) => index >= first && /^ {0,4}\w|^$/.test(line)) + 1;
    for (const { line = 0 } of problems) expect([first <= line, line < next]).toEqual([true, true]);
  });

  it('by the library', () => {
    const error = errorOf(() => objectsOf(settings));
    expect(error && mistakes(error)).toEqual([...lines].sort());
  });

  it('by Pulumi, before anything is registered', async () => {
    const error = await resourcesOf(settings).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(error && mistakes(error)).toEqual([...lines].sort());
  });
});

function errorOf(action: () => unknown): Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
