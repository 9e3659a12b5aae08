import { metricsRequests } from '../stranger/requests';
import { strangerRow } from '../stranger/row';

/** What a mirror tells about its images and itself. */
export const metrics = strangerRow(
  {
    name: 'T8',
    title: 'somebody reads metrics, profiles or the debug page',
    tries: "a GET for metrics, pprof, the debug page and the proxy's configuration at the pods' ports",
    expected: 'no answer below 400',
    locks: ['mutual TLS', 'policies', 'loopback'],
  },
  ({ target }) => metricsRequests(target),
);
