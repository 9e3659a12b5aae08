import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessLogs, askedFilter } from '../../../src/mirror/envoy/access-log';
import { AuthenticatedListener } from '../../../src/mirror/envoy/proxy-authentication';
import { listenersOf, type Manifest, minimal, objectsOf, podOf, variants } from '../../support';
import { managerOf } from './listeners';

const logs: Manifest[] = accessLogs(AuthenticatedListener.ENTRY, { percent: 100, refusedPercent: 10 });
const fieldsOf = ({ typed_config }: Manifest): Record<string, string> => typed_config.log_format.json_format;
const percentOf = ({ filter }: Manifest) => filter.and_filter.filters[1].runtime_filter.percent_sampled.numerator;

describe('the access log', () => {
  it('has one line for each verdict, with these fields', () => {
    expect(logs.map((log) => [fieldsOf(log).verdict, percentOf(log)])).toEqual([
      ['refused', 10],
      ['failed', 100],
      ['served', 100],
      ['not found', 100],
    ]);
    const [refused] = logs as [Manifest];
    expect(refused).toMatchSnapshot();
    for (const log of logs) {
      expect({ ...fieldsOf(log), verdict: 'refused' }).toEqual(fieldsOf(refused));
    }
  });

  it('has no header of a request but its method, and one of an answer, both of a limited length', () => {
    const text = JSON.stringify(logs);
    expect(new Set(text.match(/%REQ[^%]*%/g))).toEqual(new Set(['%REQ(:METHOD):10%']));
    expect(new Set(text.match(/%RESP[(][^%]*%/g))).toEqual(new Set(['%RESP(DOCKER-CONTENT-DIGEST):71%']));
    expect(text).not.toMatch(/%(PATH|TRAILER|GRPC|DOWNSTREAM_PEER_CERT|FILTER_STATE)/);
  });

  it('lets chance alone decide what is noted', () => {
    expect(logs.map(({ filter }) => filter.and_filter.filters[1].runtime_filter.use_independent_randomness)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it.each(Object.entries(variants))('is at the entry and for peers, if somebody asks for it: %s', (_, props) => {
    for (const { name, filter_chains } of Object.values(listenersOf(objectsOf(props)))) {
      for (const chain of filter_chains) {
        const { http_filters = [], access_log = [] }: Manifest = chain.filters[0].typed_config;
        const expected = props.accessLog && ['entry', 'peers'].includes(name);
        const asked = http_filters.filter((filter: Manifest) => filter.name === askedFilter().name);
        expect(asked).toEqual(expected ? [askedFilter()] : []);
        const verdicts = access_log.filter((log: Manifest) => log.typed_config.log_format.json_format?.verdict);
        expect(verdicts).toHaveLength(expected ? 4 : 0);
      }
    }
  });

  it('needs no other pod', () => {
    expect(podOf(objectsOf({ ...minimal, accessLog: {} }))).toEqual(podOf(objectsOf(minimal)));
  });

  it('reads what is asked for before anybody is refused', () => {
    const { entry, peers } = listenersOf(objectsOf({ ...minimal, accessLog: {} }));
    const namesOf = (listener: Manifest) => managerOf(listener).http_filters.map(({ name }: Manifest) => name);
    expect(namesOf(entry).indexOf(askedFilter().name)).toBe(1);
    expect(namesOf(peers)[0]).toBe(askedFilter().name);
    // Every path matches the expression: Envoy would take one that does not as it is.
    expect(askedFilter()).toMatchSnapshot();
  });

  it('has a page that explains each field', () => {
    const page = readFileSync(join(__dirname, '../../../docs/access-log.md'), 'utf8');
    const explained = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field);
    expect(explained.sort()).toEqual(Object.keys(fieldsOf(logs[0])).sort());
    const [, example = ''] = /```json\n(\{.*\})\n```/.exec(page) ?? [];
    expect(Object.keys(JSON.parse(example)).sort()).toEqual(explained);
  });
});
