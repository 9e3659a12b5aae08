import { ASKED_PREFIX } from '../contract/http';
import { ANY_REGISTRY } from '../rules/registries';
import { type Extension, extension, FILTERS } from './types';

/**
 * The filter that counts the requests at the entry by registry, which containerd names in the query. It has shadow rules alone, so it
 * refuses no request. Requests for registries that the stack does not list match no rule, which Envoy calls denied in the shadow.
 *
 * @param registries registries of the stack
 */
export function entryCounter(registries: string[]): Extension {
  const named = registries.filter((registry) => registry !== ANY_REGISTRY);
  return extension('envoy.filters.http.rbac', `${FILTERS}.rbac.v3.RBAC`, {
    shadow_rules_stat_prefix: ASKED_PREFIX,
    track_per_rule_stats: true,
    shadow_rules: {
      action: 'ALLOW',
      policies: Object.fromEntries(
        named.map((registry) => [registry, { permissions: [asksFor(registry)], principals: [{ any: true }] }]),
      ),
    },
  });
}

function asksFor(registry: string): object {
  const regex = `.*[?&]ns=${registry.replaceAll('.', '[.]')}(&.*)?`;
  return { header: { name: ':path', string_match: { safe_regex: { regex } } } };
}
