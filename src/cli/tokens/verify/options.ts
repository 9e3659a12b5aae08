import { DEFAULT_NAMESPACE } from '../../../kubernetes/names';
import type { ClusterAccess } from '../../kubectl/access';
import { Kubectl } from '../../kubectl/kubectl';
import { CliError } from '../../shared/cli-error';
import type { InputOptions } from '../input';
import { FromCluster } from './sources/from-cluster';
import { FromDockerConfig } from './sources/from-docker-config';
import { FromFolder } from './sources/from-folder';
import { FromStdin } from './sources/from-stdin';
import type { Source } from './sources/source';
import type { Subject } from './subjects';

/** Options of `tokens verify`. */
export interface VerifyOptions extends InputOptions, ClusterAccess {
  readonly fromDir?: string;
  readonly stdin?: boolean;
  readonly fromCluster?: boolean;
  readonly dockerConfig?: string;
  readonly purpose: string[];
  readonly pushProbe?: boolean;
  readonly junit?: string;
  readonly json?: boolean;
}

const SOURCES = '--from-dir, --stdin, --from-cluster or --docker-config';

/**
 * Opens the one source that the user chose.
 *
 * @param options what the user chose
 * @param subjects all that will be looked for
 * @param signal ends the source's questions early
 * @throws CliError when none or several are chosen, or it cannot be read
 */
export async function openSource(
  options: VerifyOptions,
  subjects: readonly Subject[],
  signal: AbortSignal,
): Promise<{ source: Source; end: () => Promise<void> }> {
  const { fromDir, stdin, fromCluster, dockerConfig } = options;
  const chosen = [fromDir !== undefined, stdin, fromCluster, dockerConfig !== undefined].filter(Boolean).length;
  if (chosen !== 1) {
    const got = chosen === 0 ? 'nothing says where the tokens are' : `got ${chosen} places where the tokens are`;
    throw new CliError('configuration', `${got}; expected one of these: ${SOURCES}`);
  }
  const end = async () => {};
  if (fromDir !== undefined) return { source: new FromFolder(fromDir), end };
  if (dockerConfig !== undefined) return { source: new FromDockerConfig(dockerConfig, subjects), end };
  if (stdin) return { source: await FromStdin.read(process.stdin), end };
  const { kubeconfig, context } = options;
  const kubectl = new Kubectl({ namespace: DEFAULT_NAMESPACE, kubeconfig, context }, signal);
  return { source: new FromCluster(kubectl), end: () => kubectl.end() };
}
