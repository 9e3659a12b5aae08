import { withClusters } from '../shared/chosen-clusters';
import type { CliCommand } from '../shared/cli-command';
import { asJson, print } from '../shared/table';
import { type DeployedImage, deployedImages } from './deployed';
import { readStack, type StackOptions } from './stack';

/** Its options. */
interface ListOptions extends StackOptions {
  readonly json: boolean;
}

const HELP = `
One image a line, each once, as the pods name it: after images.registryPrefix
and with your own tags and digests. JSON has them by cluster, in parts, and
"official", where the makers of the image publish this version. It asks no
registry.

Examples:
  secure-mirror images list
  secure-mirror images list --json | jq -r '.clusters[].images[].official'

Exit codes: 0 they are listed, 2 the command could not read the file.`;

/** Adds `images list`. */
export function addList(images: CliCommand): void {
  const command = images.command('list').summary('list the images that the stack deploys');
  withClusters(command.description('Lists the images that the stack deploys, for sites without Internet access.'))
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .exitsWith(list);
}

function list({ json, ...options }: ListOptions): number {
  const { clusters } = readStack(options);
  const all = clusters.map((cluster) => ({ name: cluster.name, images: deployedImages(cluster) }));
  const lines = [...new Set(all.flatMap(({ images }) => images.map(({ reference }) => reference)))];
  print(json ? asJson({ clusters: all.map(({ name, images }) => ({ name, images: images.map(asValue) })) }) : lines);
  return 0;
}

function asValue({ cluster: _, ...image }: DeployedImage): object {
  return image;
}
