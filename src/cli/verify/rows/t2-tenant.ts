import { nodeRequests, registryRequests } from '../stranger/requests';
import { strangerRow } from '../stranger/row';

/** A pod of a tenant. */
export const tenant = strangerRow(
  {
    name: 'T2',
    title: "a tenant's pod calls the mirror",
    tries: 'a GET to pods, Services and nodes, without and with TLS',
    expected: 'no answer below 400',
    locks: ['mutual TLS', 'policies'],
  },
  ({ target, mirror }) => [
    ...registryRequests(target, 'GET /v2/'),
    ...nodeRequests(target, mirror.entry.port, 'GET /v2/'),
  ],
);
