import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RenderedObject, renderedObjects } from '../../../src/cli/compare/rendered';
import { compareFindings } from '../../../src/cli/compare/verdict';

const images = { spegel: 'ghcr.io/spegel-org/spegel:v0.7.3', envoy: 'docker.io/envoyproxy/envoy:v1.40.0' };

/** Objects of a file beside this test: made.yaml, or what a tool rendered of it. */
function objectsIn(file: string): RenderedObject[] {
  return renderedObjects(readFileSync(join(__dirname, 'rendered', file), 'utf8'), file);
}
const made = objectsIn('made.yaml');

/** Findings as their level, code, subject and fix. */
function found(rendered: RenderedObject[]): unknown[] {
  return compareFindings({ made, rendered, images }).map(({ level, code, subject, message, fix }) => ({
    ...{ level, code, subject, message },
    fix: fix ?? '',
  }));
}

/** The objects with a change in the copy of one. */
// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
function changed(kind: string, change: (object: any) => void): RenderedObject[] {
  const copies: RenderedObject[] = JSON.parse(JSON.stringify(made));
  for (const object of copies.filter((one) => one.kind === kind)) change(object);
  return copies;
}

describe('what tools render', () => {
  it.each(['made.yaml', 'kustomize-plain.yaml', 'helm-template.yaml'])('is as made in %s', (file) => {
    expect(found(objectsIn(file))).toEqual([]);
  });

  it('shows that kustomize put everything into one namespace', () => {
    expect(found(objectsIn('kustomize-namespace.yaml'))).toEqual([
      {
        ...{ level: 'problem', code: 'namespace', subject: 'namespace mirror' },
        message: expect.stringMatching(/^a tool put 6 objects into it, from .*secured-mirror.*shop.*; the proxy's/),
        fix: expect.stringMatching(
          /^take `namespace:` .* out, and set `namespace: mirror` in stack[.]yaml; namespaces of w/,
        ),
      },
    ]);
  });

  it('shows that kustomize renamed everything', () => {
    expect(found(objectsIn('kustomize-name-prefix.yaml'))).toEqual([
      {
        ...{ level: 'problem', code: 'name', subject: 'namePrefix: prod-' },
        message: expect.stringMatching(/^a tool renamed 5 objects: /),
        fix: expect.stringMatching(/^take `namePrefix: prod-` out: .* set `labels` or `namespace` in stack[.]yaml$/),
      },
    ]);
  });

  it('shows labels in selectors, and notes them elsewhere', () => {
    expect(found(objectsIn('kustomize-common-labels.yaml'))).toEqual([
      expect.objectContaining({ level: 'note', code: 'metadata', fix: '`labels` in stack.yaml does the same' }),
      {
        ...{ level: 'problem', code: 'selector', subject: 'label env: prod' },
        message: expect.stringMatching(/selectors of 2 objects: NetworkPolicy .*, DaemonSet .*DNS/),
        fix: expect.stringMatching(/^take `commonLabels`.* set `labels` in stack[.]yaml$/),
      },
      expect.objectContaining({ level: 'note', code: 'metadata', fix: '`podLabels` in stack.yaml does the same' }),
    ]);
    expect(found(objectsIn('kustomize-labels.yaml')).map((one) => (one as { level: string }).level)).toEqual([
      'note',
      'note',
    ]);
  });

  it('shows changed images with their key', () => {
    expect(found(objectsIn('kustomize-images.yaml'))).toEqual([
      {
        ...{ level: 'problem', code: 'image', subject: 'DaemonSet secured-mirror/mirror' },
        message:
          '/spec/template/spec/containers/spegel/image: got "registry.example/spegel:v1"; ' +
          'stack.yaml makes "ghcr.io/spegel-org/spegel:v0.7.3"',
        fix: 'take the image out of the tool, and set `images.spegel` in stack.yaml',
      },
    ]);
  });

  it("shows that Flux substituted in a script without its annotation, and names the script's line", () => {
    expect(found(objectsIn('flux-without-annotation.yaml'))).toEqual([
      expect.objectContaining({
        level: 'problem',
        code: 'changed',
        message: expect.stringMatching(
          /^\/metadata\/annotations\/kustomize[.]toolkit[.]fluxcd[.]io~1substitute: got nothing/,
        ),
      }),
      expect.objectContaining({
        level: 'problem',
        code: 'substituted',
        subject: 'ConfigMap secured-mirror/mirror-node-agent',
        message: expect.stringMatching(
          /^\/data\/agent[.]sh: got "registry=docker[.]io" in line 2; stack[.]yaml makes "registry=/,
        ),
      }),
    ]);
  });
});

describe('a comparison', () => {
  it('takes lists, and objects of the user beside', () => {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: made });
    const own =
      '---\napiVersion: v1\nkind: Secret\nmetadata: {namespace: secured-mirror, name: mirror-ca}\n---\n# nothing\n';
    expect(found(renderedObjects(`${list}\n${own}`, 'x'))).toEqual([]);
  });

  it('leaves out what tools and the API server add', () => {
    const rendered = changed('DaemonSet', (object) => {
      object.metadata.labels['app.kubernetes.io/managed-by'] = 'Helm';
      object.metadata.labels['app.kubernetes.io/instance'] = 'secured-mirror';
      object.metadata.labels['kustomize.toolkit.fluxcd.io/name'] = 'secured-mirror';
      object.metadata.annotations = {
        'argocd.argoproj.io/tracking-id': 'x',
        'argocd.argoproj.io/sync-wave': '1',
        'meta.helm.sh/release-name': 'mirror',
      };
      object.metadata.creationTimestamp = null;
      object.metadata.uid = '1';
      object.status = { numberReady: 3 };
    });
    expect(found(rendered)).toEqual([]);
  });

  it('finds a label and an annotation of the stack that a tool changed or dropped', () => {
    const rendered = changed('ServiceAccount', (object) => {
      object.metadata.annotations['argocd.argoproj.io/sync-options'] = 'Prune=true';
    });
    expect(found(rendered)).toEqual([expect.objectContaining({ level: 'problem', code: 'changed' })]);
    const without = changed('Namespace', (object) => {
      delete object.metadata.labels['app.kubernetes.io/managed-by'];
    });
    expect(found(without)).toEqual([expect.objectContaining({ level: 'problem', code: 'changed' })]);
  });

  it('finds missing objects, and the ones that are rendered twice, but not twice the same object of the user', () => {
    const own = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'own' } };
    const [, ...others] = made;
    const [policy] = others as [RenderedObject];
    expect(found([...others, policy, own, own])).toEqual([
      expect.objectContaining({ code: 'missing', subject: 'Namespace secured-mirror' }),
      expect.objectContaining({ code: 'twice', subject: 'NetworkPolicy secured-mirror/mirror' }),
    ]);
    expect(found(made.filter(({ kind }) => kind !== 'ServiceAccount'))).toEqual([
      expect.objectContaining({
        code: 'missing',
        subject: 'ServiceAccount shop/backend',
        fix: expect.stringContaining('set `serviceAccounts.apply: false` in stack.yaml'),
      }),
    ]);
  });

  it('takes no object of the user for one that a tool renamed', () => {
    const own = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace: 'shop', name: 'mirror' },
    };
    const rendered = [...made.filter(({ kind }) => kind !== 'NetworkPolicy'), own];
    expect(found(rendered)).toEqual([expect.objectContaining({ code: 'missing' })]);
  });

  it('names each place by the names of list items, with the key that does it, and the order of init containers', () => {
    const rendered = changed('DaemonSet', (object) => {
      object.spec.template.spec.priorityClassName = 'low';
      object.spec.template.spec.initContainers.reverse();
      object.spec.template.spec.containers[0].args.pop();
      object.spec.template.spec.containers.push({ name: 'sidecar', image: 'x' });
      object.spec.template.spec.nodeSelector = { disk: 'ssd' };
    });
    expect(
      found(rendered).map((one) =>
        Object.values(one as object)
          .slice(3)
          .join(' => '),
      ),
    ).toEqual([
      '/spec/template/spec/priorityClassName: got "low"; stack.yaml makes "system-node-critical" => take the change out of the tool, and set `priorityClassName` in stack.yaml',
      '/spec/template/spec/initContainers: got a list of 2 items; stack.yaml makes a list of 2 items => take the change out of the tool; if you need it, say it under `patches` in stack.yaml',
      '/spec/template/spec/containers/spegel/args: got a list of 1 item; stack.yaml makes a list of 2 items => take the change out of the tool; if you need it, say it under `patches` in stack.yaml',
      '/spec/template/spec/containers/sidecar/name: got "sidecar"; stack.yaml makes nothing => take the change out of the tool; if you need it, say it under `patches` in stack.yaml',
      expect.stringContaining('/spec/template/spec/containers/sidecar/image: got "x"; stack.yaml makes nothing'),
      expect.stringContaining('set `nodeSelector` in stack.yaml'),
    ]);
  });

  it('lists the first places of an object, and counts the others', () => {
    const rendered = changed('DaemonSet', (object) => {
      for (let index = 0; index < 12; index += 1) object.spec[`x${index}`] = index;
    });
    const findings = found(rendered) as { message: string }[];
    expect(findings.length).toBe(9);
    expect(findings.at(-1)?.message).toBe('4 more places differ: /spec/x8, /spec/x9, /spec/x10, /spec/x11');
  });

  it('warns where a variable of stack.yaml was replaced', () => {
    const withVariable = JSON.parse(JSON.stringify(made).replace('system-node-critical', '$' + '{class}'));
    const [finding] = compareFindings({ made: withVariable, rendered: made, images });
    expect(finding).toMatchObject({
      level: 'warning',
      code: 'substituted',
      subject: 'DaemonSet secured-mirror/mirror',
    });
  });
});

describe('a text that is no list of objects', () => {
  it.each([
    ['a: [', 'x:1:5: '],
    ['', 'x: it has no object'],
    ['# a comment', 'x: it has no object'],
    ['just a text', 'x: a document is no object with apiVersion, kind and metadata.name'],
    ['kind: Secret\ndata: {password: c2VjcmV0}', 'x: a document is no object with apiVersion, kind and metadata.name'],
    ['apiVersion: v1\nkind: Secret\nmetadata: {name: 1}', 'x: a document is no object'],
  ])('%j is refused, and not repeated', (text, message) => {
    const error = (() => {
      try {
        renderedObjects(text, 'x');
      } catch (error) {
        return error as Error;
      }
      return undefined;
    })();
    expect(error?.message).toContain(message);
    expect(error?.message).not.toContain('c2VjcmV0');
  });
});
