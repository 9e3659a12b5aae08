import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Manifest } from '../../../support';
import { PLURALS } from './kubectl';
import { isSelected } from './objects';

/** As much of an API server as a real kubectl needs to list objects of all namespaces. */
export class FakeApi {
  private readonly server: Server;

  /** @param objects what it has */
  public constructor(private readonly objects: Manifest[]) {
    this.server = createServer(({ url = '' }, response) => {
      const answer = this.answerTo(new URL(url, 'http://x'));
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 }));
    });
  }

  /** Starts it; gives its address. */
  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends it. */
  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answerTo({ pathname, searchParams }: URL): object | undefined {
    if (pathname === '/api') return { kind: 'APIVersions', versions: ['v1'] };
    if (pathname === '/apis') {
      const groups = ['apps', 'batch'].map((name) => {
        const version = { groupVersion: `${name}/v1`, version: 'v1' };
        return { name, versions: [version], preferredVersion: version };
      });
      return { kind: 'APIGroupList', apiVersion: 'v1', groups };
    }
    const [, group = '', resource] = /^\/(?:api|apis\/(\w+))\/v1(?:\/(\w+))?$/.exec(pathname) ?? [];
    const groupVersion = group === '' ? 'v1' : `${group}/v1`;
    const kinds = Object.entries(PLURALS).filter(([, plural]) => (plural.split('.')[1] ?? '') === group);
    if (resource === undefined) {
      const resources = kinds.map(([kind, plural]) => {
        const name = plural.split('.')[0] ?? '';
        return { name, singularName: kind.toLowerCase(), namespaced: true, kind, verbs: ['list', 'get'] };
      });
      return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
    }
    const kind = kinds.find(([, plural]) => plural.split('.')[0] === resource)?.[0];
    const items = this.objects.filter(
      (object) => object.kind === kind && isSelected(object, searchParams.get('fieldSelector') ?? ''),
    );
    // As a server does: items of a list do not say their kind.
    const bare = items.map(({ kind: _, apiVersion: __, ...item }) => item);
    if (kind === undefined) return undefined;
    return { kind: `${kind}List`, apiVersion: groupVersion, metadata: { resourceVersion: '1' }, items: bare };
  }
}
