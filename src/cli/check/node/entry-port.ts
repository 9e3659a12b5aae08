import type { Check, CheckContext } from '../../probe/check';
import { type ProbedNode, probeCheck, type Remark } from './look';

/** Addresses in hexadecimal, as the kernel writes them, with which a listener would take the entry's place: 127.0.0.1 and any. */
const TAKEN = new Map([
  ['0100007F', '127.0.0.1'],
  ['00000000', '0.0.0.0'],
  ['00000000000000000000000000000000', '[::]'],
  ['0000000000000000FFFF00000100007F', '[::ffff:127.0.0.1]'],
]);

const ABOUT = { name: 'entry-port', title: "whether the entry's port is free on each node", when: 'before' } as const;

/** Whether the port of the entry is free on each node. */
export const entryPort: Check = {
  ...ABOUT,
  run: async (context) => {
    const owners = context.mirror.entry.kind === 'loopback' ? await hostPorts(context) : new Map<string, string>();
    return probeCheck(ABOUT, (probed) => look(probed, context, owners.get(probed.node.metadata.name))).run(context);
  },
};

function look(
  { facts: { listening, sockets } }: ProbedNode,
  { mirror: { entry } }: CheckContext,
  owner?: string,
): Remark {
  const { kind, address, port } = entry;
  if (kind === 'clusterIp') {
    return { level: 'ok', message: `the entry is a Service at ${address}, which needs no port of the node` };
  }
  const fix = `give the entry another port in stack.yaml:\n\n  entry:\n    loopback:\n      port: ${port + 1}`;
  if (owner !== undefined) {
    return {
      level: 'problem',
      message: `${owner} has port ${port} of the node, the port of the entry`,
      fix: `remove it, or ${fix}`,
    };
  }
  if (!sockets) return { level: 'unknown', message: "not tried: the node's sockets could not be read" };
  const taken = listening.flatMap((hexadecimal) => TAKEN.get(hexadecimal) ?? []);
  if (taken.length === 0) return { level: 'ok', message: `nobody listens on port ${port} of ${address}` };
  const where = taken.map((one) => `${one}:${port}`).join(' and ');
  return {
    level: 'problem',
    message: `a process of the node listens on ${where}, the port of the entry`,
    fix: `stop it (ss -ltnp 'sport = :${port}' names it), or ${fix}`,
  };
}

/** Who has pods with the entry's port as a hostPort, but the mirror, by the nodes of these pods: all pods of one owner are one finding. */
async function hostPorts({ kubectl, mirror: { entry, namespace } }: CheckContext): Promise<Map<string, string>> {
  const owner = `{{with .metadata.ownerReferences}}{{with index . 0}}{{.kind}} {{.name}}{{end}}{{else}}Pod {{.metadata.name}}{{end}}`;
  const port = `{{range .ports}}{{if eq (or .hostPort 0) ${entry.port}}}{{$pod.spec.nodeName}} {{$pod.metadata.namespace}} {{with $pod}}${owner}{{end}}{{"\\n"}}{{end}}{{end}}`;
  const template = `{{range $pod := .items}}{{range .spec.containers}}${port}{{end}}{{range .spec.initContainers}}${port}{{end}}{{end}}`;
  const text = await kubectl.everywhere('pods', template, 'status.phase!=Succeeded,status.phase!=Failed');
  return new Map(
    text
      .split('\n')
      .map((line) => line.split(' '))
      .flatMap(([node = '', of = '', kind = '', name = '']) =>
        name === '' || of === namespace
          ? []
          : [[node, `${kind === 'Pod' ? 'the' : 'a pod of the'} ${kind} ${name} in the namespace ${of}`]],
      ),
  );
}
