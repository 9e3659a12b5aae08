import { PORT, scriptContainer, serverContainer } from '../../probe/probe-containers';
import { probeNodes } from '../../probe/probe-nodes';
import { CliError } from '../../shared/cli-error';
import type { VerifyContext } from '../row';
import { type Answer, answerIn } from './answer';
import { client } from './envoy';
import type { Request } from './requests';
import { SCRIPT } from './script';

/** What came of a request. */
export interface Asked {
  /** The node of the pod that sent it. */
  readonly from: string;
  readonly request: Request;
  readonly answer: Answer;
}

const SECONDS = 120;
/** It answers for all rows of a run. */
const CONTROL_SECONDS = 400;
const CONTROL = 'control';

const controls = new WeakMap<VerifyContext, Promise<string>>();

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
  const control = await controlOf(context);
  const words = requests.flatMap(({ how, address, request }, id) => [`${id}`, how, address, request]);
  const all = [...words, CONTROL, 'plain', control, 'GET /'];
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

/** A pod that answers everybody, by which a stranger shows that its network works. */
function controlOf(context: VerifyContext): Promise<string> {
  const known = controls.get(context) ?? startControl(context);
  controls.set(context, known);
  return known;
}

async function startControl({ probes, mirror, nodes }: VerifyContext): Promise<string> {
  const [node] = probeNodes(nodes);
  const spec = { containers: [serverContainer(mirror.images.envoy)] };
  const { address } = await probes.start({ purpose: CONTROL, node, spec }, CONTROL_SECONDS);
  return address.includes(':') ? `[${address}]:${PORT}` : `${address}:${PORT}`;
}
