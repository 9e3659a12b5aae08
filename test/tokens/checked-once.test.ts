import { App, Chart } from 'cdk8s';
import { ClusterTokens, IngressControllerTokens, OrganizationTokens, PullToken, SecuredStack } from '../../src';
import * as rules from '../../src/tokens/rules/tokens';
import { minimal } from '../support';

jest.mock('../../src/tokens/rules/tokens', () => {
  const actual: typeof rules = jest.requireActual('../../src/tokens/rules/tokens');
  return { ...actual, checkTokens: jest.fn(actual.checkTokens) };
});

const checkTokens = jest.mocked(rules.checkTokens);
const organization = IngressControllerTokens.of({
  owner: 'team',
  releasePods: [{ namespace: 'kong', serviceAccounts: ['controller'] }],
});
const pull = { purpose: 'a pull', repositories: ['a/b'], owner: 'me', bindTo: [] };

describe('the rules of tokens run once', () => {
  beforeEach(() => checkTokens.mockClear());

  it.each<[string, (chart: Chart) => unknown]>([
    ['SecuredStack', (chart) => new SecuredStack(chart, 'a', { ...minimal, tokens: [organization] })],
    [
      'ClusterTokens',
      (chart) => new ClusterTokens(chart, 'a', { name: 'c', namespace: 'n', tokens: [organization, pulling('b')] }),
    ],
    ['OrganizationTokens', (chart) => new OrganizationTokens(chart, 'a', organization)],
    ['PullToken', (chart) => new PullToken(chart, 'a', { organization: 'a', ...pull })],
  ])('for %s', (_, make) => {
    make(new Chart(new App(), 'chart'));
    expect(checkTokens).toHaveBeenCalledTimes(1);
  });
});

function pulling(name: string) {
  return { organization: name, pull: [pull] };
}
