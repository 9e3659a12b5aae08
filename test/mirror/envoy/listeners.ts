import { listenersOf, type Manifest, minimal, objectsOf } from '../../support';

/** Envoy's listeners, by whom they serve: a file of tests for each. */
export const LISTENERS = {
  registry: ['entry', 'peers', 'egress-registry'],
  router: ['router', 'egress-router'],
  watchers: ['metrics', 'health'],
  agent: ['agent-counts', 'agent-report'],
};

/** Listeners of HTTP. */
export const http = ['entry', 'peers', 'metrics', 'health', 'egress-registry'];

/** What a listener of HTTP does. */
export function managerOf(listener: Manifest): Manifest {
  return listener.filter_chains[0].filters[0].typed_config;
}

/** Its routes. */
export function routesOf(listener: Manifest): Manifest {
  return managerOf(listener).route_config.virtual_hosts[0].routes;
}

/** Expects listeners to be as before. All of HTTP are alike but for their routes. */
export function expectListeners(whose: keyof typeof LISTENERS): void {
  const listeners = listenersOf(objectsOf(minimal));
  it.each(LISTENERS[whose])('%s is this', (name) => {
    const shown = http.includes(name) ? { ...listeners[name], routes: routesOf(listeners[name]) } : listeners[name];
    const text = JSON.stringify(shown, (key, value) => (key === 'filters' && http.includes(name) ? '(http)' : value));
    expect(JSON.parse(text)).toMatchSnapshot();
  });
}
