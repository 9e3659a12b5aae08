/** What the tests must know of their cluster. docs/cluster-test.md says the same for people. */
const variables = {
  KUBECONFIG: 'the cluster, with administrator rights',
  CLUSTER_NODES: 'names of at least two nodes that run pods, separated by commas',
  CLUSTER_NODE_EXEC: 'command that runs a command in a node: it is given the name of the node and the command',
  CLUSTER_PUSH_IMAGE: 'command that pushes an image: it is given an OCI archive and a reference',
  CLUSTER_REGISTRY: 'host name, without a port, of a registry that nodes pull from without a password',
  CLUSTER_REGISTRY_LOG: 'file with its access log in common log format',
  CLUSTER_PRIVATE_REGISTRY: 'host name, without a port, of a registry that asks for a password',
  CLUSTER_PRIVATE_REGISTRY_LOG: 'file with its access log in common log format',
  CLUSTER_PRIVATE_REGISTRY_USER: 'user name of the private registry',
  CLUSTER_PRIVATE_REGISTRY_PASSWORD: 'password of the private registry',
  CLUSTER_TOOLBOX_IMAGE: 'image with sh, sleep and curl 7.76 or newer that every node has or can pull',
  CLUSTER_FREE_IP: 'free address in the range of the Services',
  CLUSTER_HOST_ADDRESS: 'IPv4 address at which the nodes reach the machine that runs the tests',
};

type Variable = keyof typeof variables;

/** The value of a variable; an error that says what it is for when it is not set. */
export function environment(name: Variable): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set: ${variables[name]}. See docs/cluster-test.md.`);
  }
  return value;
}

/** Fails with all that is missing, before anything is done to the cluster. */
export function checkEnvironment(): void {
  const missing = (Object.keys(variables) as Variable[]).filter((name) => !process.env[name]);
  if (missing.length > 0) {
    const lines = missing.map((name) => `  ${name}: ${variables[name]}`);
    throw new Error(`not set, but needed (see docs/cluster-test.md):\n${lines.join('\n')}`);
  }
  if (nodes().length < 2) {
    throw new Error(`CLUSTER_NODES is "${process.env.CLUSTER_NODES}": at least two names are needed`);
  }
}

/** Names of the nodes that the tests use. */
export function nodes(): [string, string, ...string[]] {
  return environment('CLUSTER_NODES').split(',') as [string, string, ...string[]];
}
