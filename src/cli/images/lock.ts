import { counted } from '../../settings/counted';
import { parseDockerConfig } from '../docker-config/config';
import { defaultFile } from '../docker-config/tool';
import { Client } from '../registry/client';
import { CliError } from '../shared/cli-error';
import { exitCodeFor } from '../shared/finding';
import { findingsJson } from '../shared/findings-json';
import { findingsText, levelled } from '../shared/findings-text';
import { readPrivate } from '../shared/private-file';
import { spellingOf } from '../shared/started';
import { asJson, print } from '../shared/table';
import { ImageRegistries, type NamedConfig } from './ask';
import { deployedImages } from './deployed';
import { gather, type ImageFacts } from './facts';
import { imageFindings } from './findings';
import { type Lock, lockedText } from './locked-text';
import { readStack, type StackOptions, writeStack } from './stack';

/** Options of `images lock`. */
export interface LockOptions extends StackOptions {
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly dockerConfig?: string;
  readonly json: boolean;
}

/**
 * Pins the images of a stack by digest.
 *
 * @param options what the user chose
 * @param signal ends it early
 * @returns 0 when stack.yaml has every digest, 1 when something is wrong, 2 when something could not be asked
 */
export async function lock(options: LockOptions, signal: AbortSignal): Promise<number> {
  const { file, check, dryRun, json, cluster = [] } = options;
  const stack = readStack(options);
  const registries = new ImageRegistries(new Client(signal), dockerConfig(options.dockerConfig));
  const facts = await gather(stack.clusters.flatMap(deployedImages), registries);
  const command = spellingOf({ file, cluster: cluster.length === 1 ? cluster[0] : undefined }).lockImages();
  const findings = facts.flatMap((one) => imageFindings(one, check, command));
  const code = exitCodeFor(findings);
  const locks = facts.flatMap(locksOf);
  const writes = code === 0 && !check && locks.length > 0;
  const text = writes ? lockedText(file, stack, locks) : stack.text;
  if (writes && !dryRun) {
    signal.throwIfAborted();
    writeStack(file, stack.text, text);
  }
  const written = writes && !dryRun ? new Set(locks.map(({ digest }) => digest)).size : 0;
  const images = facts.map(asValue);
  print(
    json
      ? asJson({ ...findingsJson(findings), file, written: written > 0, images })
      : [
          ...findingsText(findings),
          ...(check ? [] : [levelled(code === 0 ? 'ok' : 'note', ending(file, code, locks, dryRun))]),
        ],
  );
  return code;
}

/** The docker configuration that the user named, or docker's own one where it exists. */
function dockerConfig(named?: string): NamedConfig | undefined {
  const file = named ?? defaultFile('docker');
  const text = readPrivate(file);
  if (text === undefined && named !== undefined) {
    throw new CliError('configuration', `--docker-config: there is no file ${file}`);
  }
  if (text === undefined) return undefined;
  const config = parseDockerConfig(text);
  if (config === undefined) throw new CliError('configuration', `${file}: it is no docker configuration (JSON)`);
  return { file, config };
}

/** What stack.yaml has to say more. */
function locksOf({ deployed, now }: ImageFacts): Lock[] {
  if (now.kind !== 'found') return [];
  const { digest } = now.manifest;
  return deployed.flatMap(({ cluster, image, repository, tag, digest: before }) =>
    tag === undefined || before === digest ? [] : [{ cluster, image, repository, tag, digest }],
  );
}

function ending(file: string, code: number, locks: readonly Lock[], dryRun: boolean): string {
  if (code !== 0) return `${file}: nothing was written`;
  if (locks.length === 0) return `${file}: it has all digests already`;
  const digests = counted(new Set(locks.map(({ digest }) => digest)).size, 'new digest');
  return dryRun
    ? `${file}: ${digests} to write; nothing was written`
    : `${file}: ${digests} written; now make the manifests`;
}

function asValue({ deployed, now }: ImageFacts): object {
  const [{ image, repository, tag, digest }] = deployed;
  const found = now.kind === 'found' ? { now: now.manifest.digest, platforms: now.manifest.platforms } : {};
  return { image, clusters: deployed.map(({ cluster }) => cluster), repository, tag, digest, ...found };
}
