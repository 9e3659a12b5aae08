import { App, Chart } from 'cdk8s';
import {
  ClusterTokens,
  IngressControllerTokens,
  OrganizationTokens,
  PodsOf,
  PullToken,
  SecuredStack,
  type SecuredStackProps,
} from '../../src';
import { plainOf } from '../../src/settings/plain';
import { minimal, objectsOf } from '../support';

/** Settings of a cluster as a program may hold them: half of them are no properties of the object itself. */
class Settings implements SecuredStackProps {
  public readonly name = minimal.name;
  public readonly authentication = minimal.authentication;
  public get registries() {
    return minimal.registries;
  }
  public get publicRepositories() {
    return ['docker.io/kong/*'];
  }
  public describe() {
    return `${this.name} in words`;
  }
}
class SpecialSettings extends Settings {}

const forms: [string, (settings: object) => object][] = [
  ['getters of a class', (settings) => instanceOf(settings)],
  ['getters of a class above', (settings) => Object.create(instanceOf(settings))],
  ['inherited', (settings) => Object.create(settings)],
  [
    'inherited from an object without a class',
    (settings) => Object.create(Object.assign(Object.create(null), settings)),
  ],
];

/** An object of a class with a getter for each setting. */
function instanceOf(settings: object): object {
  class Given {}
  for (const [key, value] of Object.entries(settings))
    Object.defineProperty(Given.prototype, key, { get: () => value });
  return new Given();
}

const chart = () => new Chart(new App(), 'chart');
const token = { purpose: 'a pull', repositories: ['kong/a'], owner: 'a', bindTo: [] };

describe('settings that an object of a class holds', () => {
  it.each([new Settings(), new SpecialSettings()])('are read with its getters: %#', (settings) => {
    expect(objectsOf(settings)).toEqual(objectsOf({ ...minimal, publicRepositories: ['docker.io/kong/*'] }));
  });

  it.each(forms)('make what plain ones make: %s', (_, form) => {
    const props = { ...minimal, publicRepositories: ['docker.io/kong/*'] };
    expect(objectsOf(form(props) as SecuredStackProps)).toEqual(objectsOf(props));
  });

  it.each(forms)('are refused if they are wrong: %s', (_, form) => {
    const wrong = form({ publicRepositories: ['docker.io/*'] });
    const given = (own: object) => Object.assign(Object.create(wrong), own);
    expect(() => new SecuredStack(chart(), 'a', given(minimal))).toThrow(
      /^publicRepositories\[0\]: got "docker.io\/\*"/m,
    );
    const { entry, inject } = { entry: form({ loopback: { port: 10250 } }), inject: form({ inject: 'often' }) };
    expect(() => new SecuredStack(chart(), 'a', { ...minimal, entry })).toThrow(/^entry.loopback.port: got 10250; /m);
    const tokens = [Object.assign(Object.create(form({ pull: [{ ...token, owner: '' }] })), { organization: 'kong' })];
    const owner = /^tokens\[0\].pull\[0\].owner: got ""/m;
    expect(() => new ClusterTokens(chart(), 'a', { name: 'a', namespace: 'a', tokens })).toThrow(owner);
    expect(() => new OrganizationTokens(chart(), 'a', tokens[0])).toThrow(/^pull\[0\].owner: got ""/m);
    const { owner: _owner, ...rest } = { ...token, organization: 'kong' };
    const pull = Object.assign(Object.create(form({ owner: '' })), rest);
    expect(() => new PullToken(chart(), 'a', pull)).toThrow(/^owner: got ""/m);
    expect(() => PodsOf.fromNames('kong', ['a'], inject)).toThrow(/^inject: got "often"/m);
    expect(() => IngressControllerTokens.of(form({ owner: '' }) as { owner: string })).toThrow(/^owner: got ""/m);
  });

  it.each(forms)('are refused if they are unknown: %s', (_, form) => {
    const settings = Object.assign(Object.create(form({ publicRepository: [] })), minimal);
    expect(() => new SecuredStack(chart(), 'a', settings)).toThrow(
      /^publicRepository: there is no such key here; did you mean publicRepositories\?/m,
    );
  });

  it('are read once: what is checked is what is made', () => {
    let reads = 0;
    const settings = {
      ...minimal,
      get publicRepositories() {
        return reads++ === 0 ? [] : ['docker.io/*'];
      },
    };
    expect(objectsOf(settings)).toEqual(objectsOf(minimal));
    expect(reads).toBe(1);
  });

  it('are not those that nobody gave', () => {
    const root = Object.prototype as { publicRepositories?: string[] };
    root.publicRepositories = ['docker.io/kong/*'];
    try {
      expect(plainOf(new Settings())).toMatchObject({ publicRepositories: ['docker.io/kong/*'] });
      expect(Object.keys(plainOf({ ...minimal }) as object)).toEqual(Object.keys(minimal));
    } finally {
      delete root.publicRepositories;
    }
  });
});

it.each([
  ['Map', new Map([['name', 'a']])],
  ['RegExp', /a/],
  ['URL', new URL('https://example.com')],
  ['Date', new Date(0)],
  ['Chart', chart()],
  ['nothing known', Object.create(Object.create(Object.create(null)))],
])('what is no setting says what it is: %s', (name, value) => {
  expect((plainOf(value) as symbol).description).toBe(`an object of the class ${name}`);
});
