import { defaultSecretUses } from '../../../src/kubernetes/secret-use';
import { usesOf } from '../../../src/mirror/rules/secret-names';

it('a mirror without settings uses the Secrets that tokens alone leave to it', () => {
  const named = usesOf({}).filter(({ name }) => name !== undefined);
  expect(named).toEqual(defaultSecretUses);
});
