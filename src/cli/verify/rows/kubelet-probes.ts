import { k8s } from 'cdk8s-plus-28';
import type { CheckContext } from '../../probe/check';
import type { ProbeResult } from '../../probe/probes';
import { CliError } from '../../shared/cli-error';
import type { Answer } from '../stranger/answer';

/** What a probe asks for. */
export interface Probed {
  readonly url: string;
  readonly probe: k8s.HttpGetAction;
}

interface EventObject {
  readonly message?: string;
  readonly involvedObject?: { readonly name?: string };
}

/** Probes of ports of a host. */
export function probesOf(
  host: string,
  all: readonly number[],
  schemes: readonly string[] = ['HTTP', 'HTTPS'],
): Probed[] {
  return all.flatMap((port) =>
    schemes.map((scheme) => ({
      url: `${scheme.toLowerCase()}://${host}:${port}/v2/`,
      probe: {
        host,
        port: k8s.IntOrString.fromNumber(port),
        path: '/v2/',
        scheme,
        httpHeaders: [{ name: 'x-spegel-mirrored', value: 'true' }],
      },
    })),
  );
}

/**
 * What the kubelet's probes of pods met, in the order of the pods.
 *
 * @param context asks for their events
 * @param results what became of the pods
 * @throws CliError where a pod did not run, or ended and nobody says why
 */
export async function answersOf({ kubectl, probes }: CheckContext, results: readonly ProbeResult[]): Promise<Answer[]> {
  const lost = results.find(({ exitCodes }) => exitCodes.probe === undefined);
  if (lost !== undefined) throw new CliError('other', `not tried: a pod of the attack failed (${lost.reason})`);
  const namespace = await probes.namespace();
  const words = ['--namespace', namespace, '--field-selector', 'reason=Unhealthy'];
  const events = (await kubectl.object<{ items: EventObject[] }>('events', ...words))?.items ?? [];
  return results.map(({ pod, exitCodes }) => {
    const event = events.find(({ involvedObject }) => involvedObject?.name === pod);
    if (event !== undefined) return { isOpen: false, words: failure(event.message ?? '') };
    if (exitCodes.probe === 0) return { isOpen: true, words: 'it succeeded' };
    throw new CliError('other', `not tried: a pod of the attack ended with ${exitCodes.probe}, and no event says why`);
  });
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/tls: (certificate required|handshake failure|bad certificate)/, 'TLS refused without a certificate (mutual TLS)'],
  [/connection refused/, 'connection refused (nobody listens there)'],
  [/deadline exceeded|timeout|no route to host/, 'dropped (a network policy or a firewall)'],
  [/HTTP response to HTTPS client|first record does not look like a TLS/, 'no TLS there'],
  [/EOF|reset by peer|malformed HTTP/, 'closed without an answer'],
];

function failure(message: string): string {
  const [, status] = /statuscode: (\d+)/.exec(message) ?? [];
  if (status !== undefined) return `answered with HTTP ${status}`;
  return REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'the probe failed';
}
