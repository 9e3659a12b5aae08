import { Option } from 'commander';
import { withClusters } from '../shared/chosen-clusters';
import type { CliCommand } from '../shared/cli-command';
import { TIMEOUTS } from '../shared/timeouts';
import { lock } from './lock';

const HELP = `
It asks the registry of each image that the stack deploys, as stack.yaml names
it, for the digest of its tag, and writes tag and digest to stack.yaml: nodes
then run these very bytes, whatever the tag means later. All else in the file
keeps its every byte. It writes nothing unless every image was found. Where a
tag has moved it says so, old digest and new.

It pulls with the credentials of your docker configuration ($DOCKER_CONFIG or
~/.docker/config.json) and its credential helpers, or as everybody. It sends no
credential to another host that a registry redirects to. Registries must speak
HTTPS; NODE_EXTRA_CA_CERTS names a file with the CA of one whose certificate is
not trusted otherwise.

Examples:
  secure-mirror images lock
  secure-mirror images lock --check            # daily in CI: has a tag moved?
  secure-mirror images lock --docker-config ./auth.json --dry-run

Exit codes: 0 stack.yaml has the digests, 1 an image or a digest is missing, or with --check a tag has moved, 2 the command could not ask or
write.`;

/** Adds `images lock`. */
export function addLock(images: CliCommand): void {
  const command = images.command('lock').summary('write the digests of the images to stack.yaml');
  withClusters(command.description('Pins the images by digest: asks their registries, and writes stack.yaml.'))
    .addOption(
      new Option('--check', 'write nothing; fail where a tag has moved, or a digest is missing').default(false),
    )
    .addOption(new Option('--dry-run', 'write nothing; say what would be written').default(false).conflicts('check'))
    .option('--docker-config <file>', "the docker configuration (default: docker's own)")
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .endsWithin(TIMEOUTS['images lock'], lock);
}
