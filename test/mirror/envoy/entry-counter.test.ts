import { entryCounter } from '../../../src/mirror/envoy/entry-counter';
import { httpConnectionManager } from '../../../src/mirror/envoy/http';
import { listenersOf, type Manifest, objectsOf, variants } from '../../support';

const counterOf = (registries: string[]): Manifest => entryCounter(registries).typed_config;

describe('the counter of requests at the entry', () => {
  it('has a rule for each registry that has a name', () => {
    const { policies } = counterOf(['docker.io', '_default']).shadow_rules;
    expect(Object.keys(policies)).toEqual(['docker.io']);
    const [permission] = policies['docker.io'].permissions;
    expect(permission.header.string_match.safe_regex.regex).toBe('.*[?&]ns=docker[.]io(&.*)?');
  });

  it('has no rule that refuses a request', () => {
    expect(counterOf(['docker.io'])).not.toHaveProperty('rules');
    expect(counterOf(['docker.io'])).not.toHaveProperty('matcher');
  });

  it('is the first filter, before those that refuse', () => {
    const counter = entryCounter([]);
    const filter = { name: 'refuses' };
    const { http_filters: filters }: Manifest = httpConnectionManager({
      name: 'x',
      routes: [],
      observers: [counter],
      filters: [filter],
    }).typed_config;
    expect(filters.slice(0, 2)).toEqual([counter, filter]);
  });

  it.each(Object.entries(variants))('is in every filter chain of the entry, and nowhere else: %s', (_, props) => {
    for (const { name, filter_chains } of Object.values(listenersOf(objectsOf(props)))) {
      for (const chain of filter_chains) {
        const all = (chain.filters[0].typed_config.http_filters ?? []).filter(
          ({ typed_config }: Manifest) => typed_config?.track_per_rule_stats,
        );
        expect(all).toEqual(name === 'entry' ? [entryCounter(props.registries)] : []);
      }
    }
  });
});
