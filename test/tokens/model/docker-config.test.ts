import { secretConfig } from '../../../src/tokens/model/docker-config';
import type { ResolvedToken } from '../../../src/tokens/model/resolved';
import { resolveTokens } from '../../../src/tokens/resolve';
import { kind, minimal, objectsOf } from '../../support';

const TOKEN = 'a"\\{{é%s';
const AUTH = Buffer.from(`kong:${TOKEN}`).toString('base64');
const CREDENTIAL = { username: 'kong', password: TOKEN, auth: AUTH };

const externalSecret = { store: 'vault', key: 'registry/app' };
const common = { repositories: ['kong/app', 'kong/base'], owner: 'team', externalSecret };
const organization = {
  organization: 'kong',
  pull: [{ ...common, purpose: 'app pull', bindTo: [{ namespace: 'kong', serviceAccounts: ['app'] }] }],
  push: [{ ...common, purpose: 'app push', workload: { namespace: 'ci', serviceAccount: 'builder' } }],
};

/** What the operator makes of the template of a token's Secret, as far as this template needs its engine. */
function external(purpose: string, registry = 'docker.io') {
  const objects = objectsOf({ ...minimal, tokens: [{ ...organization, registry }] });
  const [object] = kind(objects, 'ExternalSecret').filter(
    ({ metadata }) => metadata.name === purpose.replace(' ', '-'),
  );
  const text = object.spec.target.template.data['.dockerconfigjson']
    .replaceAll('{{ .token | toJson }}', JSON.stringify(TOKEN))
    .replaceAll('{{ printf "%s:%s" "kong" .token | b64enc | toJson }}', JSON.stringify(AUTH));
  return JSON.parse(text);
}

function tokenOf(purpose: string, registry = 'docker.io'): ResolvedToken {
  const { tokens } = resolveTokens({ name: 'c', tokens: [{ ...organization, registry }] });
  const found = tokens.find((token) => token.purpose === purpose);
  if (found === undefined) throw new Error('no such token');
  return found;
}

const PATHS = ['docker.io', 'index.docker.io', 'registry-1.docker.io'].flatMap((host) =>
  common.repositories.map((repository) => `${host}/${repository}`),
);

describe('the Secret of a token', () => {
  it.each(['app pull', 'app push'])(
    'has user, token and auth under each key, whatever the characters: %s',
    (purpose) => {
      const { auths } = secretConfig(tokenOf(purpose), TOKEN) as { auths: object };
      expect(Object.values(auths).length).toBeGreaterThan(5);
      for (const entry of Object.values(auths)) expect(entry).toEqual(CREDENTIAL);
    },
  );

  it('that pulls has repositories alone: nodes send it nowhere else', () => {
    expect(Object.keys(external('app pull').auths)).toEqual(PATHS);
    expect(Object.keys(external('app pull', 'ghcr.io').auths)).toEqual(['ghcr.io/kong/app', 'ghcr.io/kong/base']);
  });

  it('that pushes has the host as well, as builders look for it', () => {
    expect(Object.keys(external('app push').auths)).toEqual([...PATHS, 'https://index.docker.io/v1/']);
    expect(Object.keys(external('app push', 'ghcr.io').auths)).toEqual([
      'ghcr.io/kong/app',
      'ghcr.io/kong/base',
      'ghcr.io',
    ]);
  });

  it.each([
    ['app pull', 'docker.io'],
    ['app push', 'docker.io'],
    ['app push', 'registry.example:5000'],
  ])('is the same from the store and from the command: %s at %s', (purpose, registry) => {
    expect(external(purpose, registry)).toEqual(secretConfig(tokenOf(purpose, registry), TOKEN));
  });
});
