/** What a release is checked by. */
export interface Facts {
  /** The tag that is released. */
  readonly tag: string;
  readonly manifest: Manifest;
  /** The version at the top of package-lock.json. */
  readonly lockedVersion: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
  /** Where the workflow runs, such as https://github.com/owner/name. */
  readonly repository: string;
  /** What GitHub says of the tag's signature. */
  readonly signature: Signature;
  /** What npm's registry has under the package's name; nothing if the name is free. */
  readonly published: Published | undefined;
}

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly homepage?: string;
  readonly bugs?: { readonly url?: string };
  readonly repository?: { readonly url?: string };
}

export interface Signature {
  readonly verified: boolean;
  /** GitHub's word for why, such as unsigned. */
  readonly reason: string;
}

export interface Published {
  readonly versions: readonly string[];
  /** The URL of the repository in the newest version. */
  readonly repository: string;
}
