import fc from 'fast-check';
import { parseReport } from '../../../src/cli/status/report';
import { type Sample, samplesOf } from '../../../src/cli/status/samples';

/** Writes samples in Prometheus' format. */
function written(samples: Sample[]): string {
  const escaped = (text: string) => text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
  const lines = samples.map(({ name, labels, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    return `# HELP ${name} Says something, with {braces="too"} 1\n# TYPE ${name} gauge\n${name}{${pairs.join(',')}} ${value}`;
  });
  return lines.map((line) => `${line}\n`).join('');
}

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);
// What ends a line in JavaScript's eyes but not in Prometheus' is of no use in a label here either.
const text = fc.string({ unit: fc.constantFrom(...'ab1."\\{},= \n#é'.split('')), maxLength: 12 });
const sample = fc.record({
  name: word,
  labels: fc.dictionary(word, text, { maxKeys: 4, noNullPrototype: true }),
  value: fc.integer(),
});

const REPORT = `# HELP secured_mirror_upstream_authentication_info The method that the proxy presents.
# TYPE secured_mirror_upstream_authentication_info gauge
secured_mirror_upstream_authentication_info{method="basic"} 1
secured_mirror_registries{state="published"} 2
secured_mirror_registries{state="refused"} 1
secured_mirror_registries{state="waiting"} 0
secured_mirror_only_mirror 1
secured_mirror_unreached_folders 3
secured_mirror_unreached_folder_info{folder="quay.io"} 1
secured_mirror_default_list_linked 0
secured_mirror_entry_requests_total{registry="docker.io"} 12
secured_mirror_entry_requests_total{registry="_default"} 0
secured_mirror_peer_bytes_total 750
secured_mirror_served_bytes_total 20
secured_mirror_origin_bytes_total 250
secured_mirror_hit_ratio 0.75
secured_mirror_bypassed{registry="docker.io"} 0
secured_mirror_bypassed{registry="_default"} 1
secured_mirror_identity_info{version="0123456789ab"} 1
secured_mirror_trust_info{ca="aaaaaaaaaaaa"} 1
secured_mirror_trust_info{ca="bbbbbbbbbbbb"} 1
secured_mirror_credential_phase 1
secured_mirror_credential_version_info{presented="11111111",newest="22222222"} 1
secured_mirror_credential_versions 2
secured_mirror_credential_lagging 0
secured_mirror_credential_valid 1
secured_mirror_credential_drop_old 1
secured_mirror_unauthenticated_requests_total{listener="entry",source="10.0.0.1"} 7
`;

describe("a node agent's report", () => {
  it('is read', () => {
    expect(parseReport(REPORT)).toEqual({
      presents: 'basic',
      registries: { published: 2, refused: 1, waiting: 0 },
      only: true,
      unreached: { count: 3, folders: ['quay.io'] },
      defaultListLinked: false,
      usage: {
        requests: { 'docker.io': 12, _default: 0 },
        peerBytes: 750,
        servedBytes: 20,
        originBytes: 250,
        hitRatio: 0.75,
        bypassed: ['_default'],
      },
      identity: '0123456789ab',
      trusts: ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'],
      credential: {
        phase: 1,
        presented: '11111111',
        newest: '22222222',
        versions: 2,
        lagging: false,
        valid: true,
        dropOld: true,
      },
      unauthenticated: [{ listener: 'entry', source: '10.0.0.1', count: 7 }],
    });
  });

  it('may lack what a node has not', () => {
    expect(parseReport('secured_mirror_registries{state="waiting"} 3')).toEqual({
      presents: undefined,
      registries: { published: 0, refused: 0, waiting: 3 },
      only: false,
      identity: undefined,
      trusts: [],
      credential: undefined,
      unauthenticated: [],
    });
  });

  it.each(['', 'cat: no such file\n', 'process_cpu_seconds_total 1\n', 'secured_mirror_credential_phase x'])(
    'is not what is none: %j',
    (text) => {
      expect(parseReport(text)).toBeUndefined();
    },
  );

  it('gives back all samples that were written', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 8 }), (samples) => {
        expect(samplesOf(written(samples))).toEqual(samples);
      }),
    );
  });

  it('never fails, whatever it is', () => {
    const lines = fc.stringMatching(
      /^(secured_mirror_[a-z_]{1,12}|[{}"\\,= \n1.]|upstream_authentication_info|method)*$/,
    );
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), lines), (any) => void parseReport(any)));
  });

  it('takes a long line in no time', () => {
    const begin = process.cpuUsage().user;
    samplesOf(`a{${'b="c\\'.repeat(50_000)}\n${'a{"'.repeat(50_000)}\n${'"}'.repeat(50_000)}`);
    expect(process.cpuUsage().user - begin).toBeLessThan(2_000_000);
  });
});
