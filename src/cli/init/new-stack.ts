import { platforms } from '../../mirror/platforms';
import type { Platform } from '../../mirror/props/containerd-props';

/** What goes into a new stack.yaml. */
export interface NewStack {
  readonly name: string;
  readonly platform: Platform;
  readonly registries: string[];
  /**
   * An organisation that has tokens at Docker Hub.
   *
   * @default - no tokens
   */
  readonly organization?: string;
}

/** The names of the platforms. */
export const PLATFORMS = Object.keys(platforms) as Platform[];

/** The name of the Secret of the CA in a new file. */
export const CA_SECRET = 'mirror-ca';
