import type { Command, Option } from 'commander';

/** What a word of a command line may be. */
export interface CompletedWord {
  readonly word: string;
  readonly description: string;
}

/** An option of a command. */
export interface CompletedOption {
  /** Its spellings, the short one first. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly value: OptionValue;
}

/** What comes after an option: nothing, a path, any text, or one of some words. */
export type OptionValue = 'nothing' | 'path' | 'text' | readonly string[];

/** A command, and what may come after it. */
export interface Level {
  /** Its names, from the program's on, each after a space; empty for the program. */
  readonly path: string;
  /** The commands in it, and the words that its argument may be. */
  readonly words: readonly CompletedWord[];
  readonly options: readonly CompletedOption[];
  /** Whether its argument is a path. */
  readonly takesPath: boolean;
}

/** A command and all in it. */
export function levelsOf(command: Command, path = ''): Level[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const choices = command.registeredArguments.flatMap(({ argChoices = [], description }) =>
    argChoices.map((word) => ({ word, description })),
  );
  return [
    {
      path,
      words: [
        ...commands.map((one) => ({ word: one.name(), description: help.subcommandDescription(one) })),
        ...choices,
      ],
      options: help.visibleOptions(command).map(completedOption),
      takesPath: command.registeredArguments.some(({ argChoices }) => argChoices === undefined),
    },
    ...command.commands.flatMap((one) => levelsOf(one, `${path} ${one.name()}`)),
  ];
}

/** Options of a level, by what comes after them: the option behind its level, as `' synth --file'`. */
export function valuesIn(levels: readonly Level[], value: OptionValue): string[] {
  return levels.flatMap(({ path, options }) =>
    options.filter((option) => option.value === value).flatMap(({ flags }) => flags.map((flag) => `${path} ${flag}`)),
  );
}

/** Options of a level whose values are some words. */
export function choicesIn(
  levels: readonly Level[],
): { readonly options: string[]; readonly words: readonly string[] }[] {
  return levels.flatMap(({ path, options }) =>
    options.flatMap(({ flags, value }) =>
      typeof value === 'string' ? [] : [{ options: flags.map((flag) => `${path} ${flag}`), words: value }],
    ),
  );
}

function completedOption(option: Option): CompletedOption {
  const { short, long, description } = option;
  return { flags: [short, long].filter((flag) => flag !== undefined), description, value: completedValue(option) };
}

function completedValue({ flags, required, optional, argChoices }: Option): OptionValue {
  if (!required && !optional) return 'nothing';
  if (argChoices !== undefined) return argChoices;
  return /<(file|folder)>/.test(flags) ? 'path' : 'text';
}
