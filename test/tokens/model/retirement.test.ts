import { addDays } from '../../../src/settings/calendar';
import { SettingsError } from '../../../src/settings/errors';
import { parseStackFile } from '../../../src/stack/reader';
import { resolveStack } from '../../../src/stack/resolve';
import { warningsOf } from '../../../src/stack/warnings';

const stack = (usedBy: string, more = '') => `clusters:
  - name: one
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
    tokens:
      - organization: kong
        pull:
          - purpose: nightly-ingress-controller pull
            repositories: [kong/nightly-ingress-controller]
            owner: team-kubernetes
            bindTo: [{namespace: kong, serviceAccounts: [kong-controller]}]${more}
        sharedAccount:
          user: kongteam
          secret: shared-registry-account
          retireBy: 2025-06-15
          ${usedBy}
`;
const used = stack(
  `usedBy: {serviceAccounts: [{namespace: kong, names: [kong-controller, kong-gateway]}], workflows: [release.yaml], developers: [team-gateway]}`,
);

/** What synth says on a day: warnings, or errors. */
function said(text: string, day: string): { readonly warnings?: string[]; readonly errors?: string[] } {
  try {
    const { clusters } = parseStackFile(text, 'stack.yaml', day);
    return { warnings: clusters.flatMap((cluster) => warningsOf(resolveStack(cluster), day)) };
  } catch (error) {
    if (error instanceof SettingsError) return { errors: error.message.split('\n') };
    throw error;
  }
}

describe('the last day of the shared account, 2025-06-15', () => {
  it.each([
    '2025-01-01',
    '2025-05-15',
    '2025-05-16',
    '2025-06-08',
    '2025-06-14',
    '2025-06-15',
    '2025-06-16',
    '2026-11-23',
  ])('on %s says', (day) => {
    expect(said(used, day)).toMatchSnapshot();
  });

  it('is said nothing of when nothing uses it, before and after', () => {
    for (const day of ['2025-01-01', '2025-06-15', '2025-06-16', '2030-01-01']) {
      expect(said(stack('usedBy: {}'), day)).toEqual({ warnings: [] });
    }
  });

  it('fails with each place of the settings that still names its Secret', () => {
    const text = stack('', '\n            previousSecret: shared-registry-account').replace(
      'registries:',
      'imagePullSecrets: [shared-registry-account]\n    registries:',
    );
    const [error] = said(text, '2025-06-16').errors ?? [];
    expect(error).toContain('is still used by: imagePullSecrets[0], tokens[0].pull[0].previousSecret.');
    expect(said(text, '2025-06-15').warnings).toEqual([
      expect.stringContaining('still used by: imagePullSecrets[0], '),
    ]);
  });

  it('moves with an extension, which is told each time, and ends with it', () => {
    const text = used.replace(
      'usedBy',
      'extension: {until: 2025-07-01, reason: the gateway moves later}\n          usedBy',
    );
    expect(said(text, '2025-06-16')).toMatchSnapshot();
    expect(said(text, '2025-07-02')).toMatchSnapshot();
  });

  it('fails with an extension that is none', () => {
    const text = used.replace('usedBy', 'extension: {until: 2025-06-15, reason: none}\n          usedBy');
    expect(said(text, '2025-06-01').errors).toEqual([
      'stack.yaml:16:30: clusters[0].tokens[0].sharedAccount.extension.until: got "2025-06-15"; it is not a day after retireBy, 2025-06-15',
    ]);
  });
});

describe('the days of a token', () => {
  const dated = stack(
    '',
    '\n            created: 2025-01-01\n            expires: 2025-12-01\n            rotateEveryDays: 90',
  );

  it.each(['2025-04-01', '2025-04-02', '2025-11-01', '2025-12-01', '2025-12-02'])('on %s say', (day) => {
    expect(said(dated, day)).toMatchSnapshot();
  });

  it('are counted over the ends of months and years', () => {
    expect([addDays('2024-02-28', 1), addDays('2025-12-31', 1), addDays('2025-03-01', -1)]).toEqual([
      '2024-02-29',
      '2026-01-01',
      '2025-02-28',
    ]);
  });
});
