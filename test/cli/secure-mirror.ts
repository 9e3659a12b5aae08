import { run } from '../../src/cli/program';
import { type Cluster, FakeKubectl } from './fake-cluster';

// As if all was typed in the folder of the clone, wherever npm was started.
delete process.env.INIT_CWD;

/** What a run of the command came to. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What kubectl was asked. */
  readonly asked: string[][];
}

/** Runs the command in a cluster. */
export async function secureMirror(cluster: Cluster, ...args: string[]): Promise<Outcome> {
  const fake = new FakeKubectl(cluster);
  try {
    return { ...(await withKubectl(fake.path, ...args)), asked: fake.asked };
  } finally {
    fake.remove();
  }
}

/** Runs the command with a kubectl, whose path is in commands that it prints: here they have its name. */
export async function withKubectl(path: string, ...args: string[]): Promise<Omit<Outcome, 'asked'>> {
  const before = process.env.KUBECTL;
  process.env.KUBECTL = path;
  let stdout = '';
  let stderr = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text;
    return true;
  });
  jest.spyOn(console, 'error').mockImplementation((text) => {
    stderr += `${text}\n`;
  });
  try {
    const code = await run(args);
    return { code, stdout: stdout.replaceAll(path, 'kubectl'), stderr };
  } finally {
    jest.restoreAllMocks();
    if (before === undefined) delete process.env.KUBECTL;
    else process.env.KUBECTL = before;
  }
}

/** The report of a node agent without problems. */
export function presents(method: string): string {
  return `secured_mirror_upstream_authentication_info{method="${method}"} 1
secured_mirror_registries{state="published"} 2
secured_mirror_identity_info{version="0123456789ab"} 1
`;
}

/** The report of a node agent with a credential, without problems. */
export function credential(version: string): string {
  return `${presents('basic')}secured_mirror_credential_phase 0
secured_mirror_credential_version_info{presented="${version}",newest="${version}"} 1
`;
}
