import { routerRequests } from '../stranger/requests';
import { strangerRow } from '../stranger/row';

/** The port by which peers find each other's content, and where T10 and T11 begin. */
export const router = strangerRow(
  {
    name: 'T9',
    title: 'somebody joins the mesh at the router port',
    tries: "the first words of libp2p, and TLS without a certificate, at the pods' router ports",
    expected: 'no router answers',
    locks: ['mutual TLS', 'policies'],
  },
  ({ target }) => routerRequests(target),
);
