import { nodeRequests, registryRequests } from '../stranger/requests';
import { strangerRow } from '../stranger/row';

/** The first threat: a customer's webhook. */
export const webhook = strangerRow(
  {
    name: 'T1',
    title: "a customer's webhook is pointed at the mirror",
    tries:
      'the POST of a webhook, and the GET that a followed redirect makes of it, to pods, Services and nodes, without and with TLS',
    expected: 'no answer below 400',
    locks: ['mutual TLS', 'policies'],
  },
  ({ target, mirror }) => [
    ...['POST /v2/', 'GET /v2/'].flatMap((request) => [
      ...registryRequests(target, request),
      ...nodeRequests(target, mirror.entry.port, request),
    ]),
  ],
);
