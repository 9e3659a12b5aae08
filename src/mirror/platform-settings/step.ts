/** One text for the nodes. */
export interface SettingStep {
  /**
   * The major version of containerd that it is for.
   *
   * @default - any
   */
  readonly containerd?: 1 | 2;
  /**
   * The version of the node's main file that it is for; 3 stands for 4 too.
   *
   * @default - any
   */
  readonly mainFile?: 2 | 3;
  /**
   * When to take this step, in words.
   *
   * @default - always
   */
  readonly when?: string;
  /** Where to write the text: a path on the node, or the file that makes nodes, in words. */
  readonly file: string;
  /** What the text is written in. */
  readonly language: 'toml' | 'yaml' | 'text';
  /** What to write, without the last line feed. */
  readonly text: string;
  /** What to do afterwards: sentences. */
  readonly after: string;
}

/** What the nodes of a platform need, so that containerd reads the mirror's settings and keeps layers to share. */
export interface PlatformSettings {
  /** What to do on nodes as the platform makes them, in a few words. */
  readonly needed: string;
  /** What the platform sets by itself, and what follows: sentences. */
  readonly facts: string;
  /** Texts to paste; where several have the same `when`, take them in their order. None where the platform offers no place for them. */
  readonly steps: readonly SettingStep[];
  /** The public documents that say so. */
  readonly sources: readonly string[];
}

/** Makes the settings of a platform, for the folder of registry settings of its nodes. */
export type SettingsFor = (folder: string) => PlatformSettings;

/** The steps as plain text for a terminal. */
export function stepsText(steps: readonly SettingStep[]): string {
  return steps
    .map(({ when, file, text, after }) =>
      [`${when === undefined ? 'Write' : `${when}: write`} into ${file}:`, '', indented(text), '', after].join('\n'),
    )
    .join('\n\n');
}

/** The text, each line moved to the right. */
export function indented(text: string, spaces = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}
