import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStackFile } from '../../src/stack/reader';
import { type Manifest, objectsOf } from '../support';

const RELEASED = join(__dirname, '../cluster/fixtures/released-0.1.0');

/** An object, with what no apply can change once it is there. */
interface Kept {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly fixed: object;
}

/** Fields that the API server refuses to change, or that an upgrade must not, by kind. */
const immutable: { readonly [kind: string]: (object: Manifest) => object } = {
  DaemonSet: ({ spec }) => ({ selector: spec.selector }),
  Service: ({ spec: { type, clusterIP, clusterIPs, ipFamilyPolicy, ipFamilies } }) => ({
    type,
    clusterIP,
    clusterIPs,
    ipFamilyPolicy,
    ipFamilies,
  }),
  RoleBinding: ({ roleRef }) => ({ roleRef }),
  ClusterRoleBinding: ({ roleRef }) => ({ roleRef }),
  ResourceQuota: ({ spec: { scopes, scopeSelector } }) => ({ scopes, scopeSelector }),
};

function kept(object: Manifest): Kept {
  const { apiVersion, kind, metadata, immutable: frozen } = object;
  const { namespace, name } = metadata;
  return { apiVersion, kind, namespace, name, fixed: frozen ? object : (immutable[kind]?.(object) ?? {}) };
}

const nameOf = ({ apiVersion, kind, namespace = '', name }: Kept) => `${apiVersion} ${kind} ${namespace}/${name}`;
const byName = (objects: readonly Kept[]) => new Map(objects.map((object) => [nameOf(object), object]));

const released: { readonly [cluster: string]: Kept[] } = JSON.parse(
  readFileSync(join(RELEASED, 'every-kind.json'), 'utf8'),
);
const clusters = readStackFile(join(RELEASED, 'every-kind.stack.yaml')).clusters;

describe.each(clusters.map((cluster) => [cluster.name, cluster] as const))(
  'an upgrade from 0.1.0 of %s',
  (name, cluster) => {
    const before = byName(released[name] ?? []);
    const now = byName(objectsOf(cluster).map(kept));

    test('leaves no object behind that nothing makes any more', () => {
      expect(before.size).toBeGreaterThan(10);
      // An object that is listed here needs a line in docs/upgrade.md: who deletes it?
      expect([...before.keys()].filter((object) => !now.has(object))).toEqual([]);
    });

    test('changes no field that cannot be changed', () => {
      const fixed = (objects: Map<string, Kept>) => [...before.keys()].map((key) => [key, objects.get(key)?.fixed]);
      expect(fixed(now)).toEqual(fixed(before));
    });
  },
);
