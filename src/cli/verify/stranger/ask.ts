import { PORT, scriptContainer } from '../../probe/probe-containers';
import { probeNodes } from '../../probe/probe-nodes';
import { CliError } from '../../shared/cli-error';
import type { VerifyContext } from '../row';
import { type Answer, answerIn } from './answer';
import { controlOf } from './control';
import { client } from './envoy';
import { joined, type Request } from './requests';
import { SCRIPT } from './script';

/** What came of a request. */
export interface Asked {
  /** The node of the pod that sent it. */
  readonly from: string;
  readonly request: Request;
  readonly answer: Answer;
}

const SECONDS = 120;
const CONTROL = 'control';

/**
 * Sends requests from pods on two nodes of a tenant.
 *
 * @throws CliError where a pod cannot run, or its network does not work: then a closed port proves nothing
 */
export async function askAsStranger(
  context: VerifyContext,
  name: string,
  requests: readonly Request[],
): Promise<Asked[]> {
  const { probes, mirror, nodes } = context;
  const { address } = await controlOf(context);
  const words = requests.flatMap(({ how, address, request }, id) => [`${id}`, how, address, request]);
  const all = [...words, CONTROL, 'plain', joined(address, PORT), 'GET /'];
  const pods = probeNodes(nodes).map((node) => ({
    purpose: name.toLowerCase(),
    node,
    spec: { containers: [scriptContainer(mirror.images.envoy, SCRIPT, JSON.stringify(client()), ...all)] },
  }));
  const results = await probes.run(pods, SECONDS);
  return results.flatMap(({ node, succeeded, reason, logs }) => {
    if (!succeeded) throw new CliError('other', `not tried: a pod of the attack failed (${reason})`);
    const answers = new Map(
      (logs.probe ?? '').split('\n').flatMap((line) => {
        const found = answerIn(line);
        return found === undefined ? [] : [[found.id, found.answer] as const];
      }),
    );
    if (answers.get(CONTROL)?.isOpen !== true) {
      const why = answers.get(CONTROL)?.words ?? 'no answer';
      throw new CliError('other', `not tried: a pod on ${node} does not even reach a pod of its own namespace: ${why}`);
    }
    return requests.map((request, id) => {
      const answer = answers.get(`${id}`);
      if (answer === undefined) throw new CliError('other', `not tried: a pod on ${node} lost an answer`);
      return { from: node, request, answer };
    });
  });
}
