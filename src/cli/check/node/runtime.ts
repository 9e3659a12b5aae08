/** The container runtime of a node. */
export interface Runtime {
  /** Its name, such as containerd. */
  readonly name: string;
  /** Its version as the node says it. */
  readonly version: string;
  /** Major and minor number; zeros where the version has none. */
  readonly numbers: readonly [major: number, minor: number];
}

/**
 * Reads what a Node says about its runtime, such as `containerd://2.4.2` or `containerd://1.7.29-k3s1`.
 *
 * @param text `containerRuntimeVersion`
 */
export function runtimeOf(text: string): Runtime {
  const [, name = text, version = ''] = /^([^:]*):\/\/(.*)$/.exec(text) ?? [];
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return { name, version, numbers: [Number(major), Number(minor)] };
}

/**
 * Whether a runtime has at least a version.
 *
 * @param runtime the runtime
 * @param major major number
 * @param minor minor number
 */
export function atLeast({ numbers: [ownMajor, ownMinor] }: Runtime, major: number, minor: number): boolean {
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
