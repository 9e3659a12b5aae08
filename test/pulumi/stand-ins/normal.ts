import { isObject, isSecret, type Json, type JsonObject, secret, unwrapped } from './values';

/** Maps of a user's own keys, in which an empty text means something. */
const OWN_KEYS = ['labels', 'annotations', 'matchLabels', 'nodeSelector', 'selector'];

/**
 * Inputs as the API server keeps them, which is how the provider sends them: `stringData` of a Secret in its data, and nothing empty in
 * the spec of a kind that is Kubernetes' own.
 *
 * @param inputs the inputs, with wraps
 */
export function normal(inputs: JsonObject): JsonObject {
  const { stringData, ...rest } = inputs;
  if (inputs.kind === 'Secret' && stringData !== undefined) {
    const texts = Object.entries(unwrapped(stringData) as JsonObject);
    const data = texts.map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]);
    return { ...rest, data: secret({ ...(unwrapped(rest.data ?? {}) as JsonObject), ...Object.fromEntries(data) }) };
  }
  const [group = ''] = String(inputs.apiVersion).split('/');
  const own = !group.includes('.') || group.endsWith('.k8s.io');
  return own && isObject(inputs.spec) ? { ...inputs, spec: withoutEmpty(inputs.spec) } : inputs;
}

function withoutEmpty<T extends Json>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(withoutEmpty) as T;
  }
  if (!isObject(value) || isSecret(value)) {
    return value;
  }
  const kept = Object.entries(value).filter(([, item]) => item !== '' && !(Array.isArray(item) && item.length === 0));
  return Object.fromEntries(
    kept.map(([key, item]) => [key, OWN_KEYS.includes(key) && !holdsMaps(item) ? item : withoutEmpty(item)]),
  ) as T;
}

/** Whether a value is not a plain map of texts. */
function holdsMaps(value: Json): boolean {
  return !isObject(value) || Object.values(value).some((item) => typeof item === 'object');
}
