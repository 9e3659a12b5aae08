import { type Command, Option } from 'commander';

/**
 * Adds the option that names the stack file. The variable STACK does where no option can, as in `cdk8s synth`.
 *
 * @param meaning what the file is for
 */
export function withStackFile<C extends Command>(command: C, meaning = 'the stack'): C {
  const file = new Option('-f, --file <file>', meaning);
  return command.addOption(file.default(process.env.STACK || 'stack.yaml', '$STACK, or stack.yaml'));
}

/**
 * Adds the option that names the day, with the variable TODAY likewise.
 *
 * @param meaning what the day is for
 */
export function withToday<C extends Command>(command: C, meaning: string): C {
  const day = new Option('--today <day>', `${meaning}, as YYYY-MM-DD (default: $TODAY, or today)`);
  return command.addOption(day.default(process.env.TODAY || undefined));
}
