import { Option } from 'commander';
import type { CliCommand } from '../shared/cli-command';
import { CliError } from '../shared/cli-error';
import { printText } from '../shared/output';
import { withStackFile } from '../shared/stack-option';
import { spellingOf } from '../shared/started';
import { print } from '../shared/table';
import { writeNewFile } from './new-file';
import { PLATFORMS } from './new-stack';
import { nextSteps } from './next-steps';
import { packagePlace } from './package-place';
import { type GivenSettings, settingsOf } from './settings';
import { stackText } from './stack-text';

interface InitOptions extends GivenSettings {
  readonly file: string;
}

const HELP = `
It asks nothing and no cluster. It overwrites no file. The file has comments on
what you may have to choose, and makes manifests as it is.

Examples:
  secure-mirror init --platform eks
  secure-mirror init --platform k3s --registries ghcr.io
  secure-mirror init --tokens kong --file production.yaml
  secure-mirror init --platform talos --file - >stack.yaml

Exit codes: 0 the file is written, 2 an option is wrong, or the file exists or
cannot be written.`;

/** Completes `init`. */
export function addInit(command: CliCommand): void {
  command
    .description('Writes a small stack.yaml for your platform, and says what to do next.')
    .addOption(
      // Its check has messages of its own.
      new Option('--platform <platform>', 'what the nodes run (default: containerd)')
        .choices(PLATFORMS)
        .argParser((word) => word),
    )
    .option('--registries <host...>', 'registries to mirror (default: four public ones)')
    .option('--tokens <organization>', 'an organisation at Docker Hub, for examples of its tokens')
    .option('--name <name>', 'the name of the cluster', 'default')
    .addHelpText('after', HELP)
    .exitsWith(init);
  withStackFile(command, 'the file to write; - prints it');
}

function init({ file, ...given }: InitOptions): number {
  if (file === '') throw new CliError('configuration', '--file: got ""; expected a file');
  const stack = settingsOf(given);
  if (file === '-') {
    printText(stackText(stack, packagePlace('stack.yaml')));
    return 0;
  }
  writeNewFile(file, stackText(stack, packagePlace(file)));
  print(nextSteps(stack, file, spellingOf({ file })));
  return 0;
}
