import fc, { type Arbitrary } from 'fast-check';
import { addDays } from '../../src/settings/calendar';
import type { OrganizationTokensProps } from '../../src/tokens/props/organization-tokens-props';
import type { SharedAccountProps } from '../../src/tokens/props/shared-account-props';
import type { PullTokenProps, PushTokenProps } from '../../src/tokens/props/token-props';
import { dnsLabel, few, host, path, some } from './arbitrary-settings';

const day = () => fc.nat(3000).map((days) => addDays('2024-01-01', days));
const words = () => fc.stringMatching(/^[A-Za-z][A-Za-z .-]{0,20}[A-Za-z]$/);
const external = () =>
  fc.record(
    {
      store: dnsLabel(),
      key: path(),
      storeKind: fc.constantFrom('SecretStore' as const, 'ClusterSecretStore' as const),
    },
    { requiredKeys: ['store', 'key'] },
  );
const place = () =>
  fc.record(
    {
      namespace: dnsLabel(),
      serviceAccounts: fc.uniqueArray(dnsLabel(), { minLength: 1, maxLength: 3 }),
      inject: fc.boolean(),
    },
    { requiredKeys: ['namespace', 'serviceAccounts'] },
  );
const common = () => ({
  repositories: fc.uniqueArray(path(), { minLength: 1, maxLength: 3 }),
  owner: words(),
  rotateEveryDays: fc.integer({ min: 1, max: 365 }),
  lastVerified: day(),
  usedBy: fc.record({ workflows: fc.uniqueArray(words(), few), developers: fc.uniqueArray(words(), few) }, some),
});

/** Organisations with tokens that are right on any day: nothing uses what ended. */
export function tokens(): Arbitrary<OrganizationTokensProps[]> {
  return fc
    .uniqueArray(fc.tuple(dnsLabel(), host(), fc.array(pull(), few), fc.array(push(), few), fc.option(account())), {
      ...few,
      selector: ([organization, registry]) => `${registry}/${organization}`,
    })
    .map((organizations) =>
      organizations.map(([organization, registry, pulls, pushes, sharedAccount], at) => ({
        organization,
        registry,
        // Secrets are named after purposes, and no two are for the same thing.
        pull: pulls.map((token, index): PullTokenProps => ({ ...token, purpose: `app-${at}-${index} pull` })),
        push: pushes.map((token, index): PushTokenProps => ({ ...token, purpose: `app-${at}-${index} push` })),
        ...(sharedAccount === null ? {} : { sharedAccount: { ...sharedAccount, secret: `shared-${at}` } }),
      })),
    );
}

function pull(): Arbitrary<Omit<PullTokenProps, 'purpose'>> {
  const bindTo = fc.uniqueArray(place(), { minLength: 1, maxLength: 2, selector: ({ namespace }) => namespace });
  return fc.record(
    { ...common(), bindTo, mirror: fc.boolean(), externalSecret: external() },
    { requiredKeys: ['repositories', 'owner', 'bindTo'] },
  );
}

function push(): Arbitrary<Omit<PushTokenProps, 'purpose'>> {
  const workload = fc.record({ namespace: dnsLabel(), serviceAccount: dnsLabel() });
  return fc.oneof(
    fc.record({ ...common(), mayDelete: fc.boolean() }, { requiredKeys: ['repositories', 'owner'] }),
    fc.record(
      { ...common(), workload, externalSecret: external() },
      { requiredKeys: ['repositories', 'owner', 'workload'] },
    ),
  );
}

function account(): Arbitrary<Omit<SharedAccountProps, 'secret'>> {
  return fc.record({ user: dnsLabel(), retireBy: day() });
}
