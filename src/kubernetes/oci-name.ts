// The grammar of the OCI distribution specification, as regular expressions that RE2 and JavaScript read alike.

/** One component of a repository's name. */
const COMPONENT = '[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*';

/** The name of a repository. */
export const OCI_NAME = `${COMPONENT}(?:/${COMPONENT})*`;

/** A digest, as containerd and registries write it. */
export const OCI_DIGEST = 'sha256:[0-9a-f]{64}';

/** What a manifest is asked by: a digest or a tag. */
export const OCI_REFERENCE = `(?:${OCI_DIGEST}|[a-zA-Z0-9_][a-zA-Z0-9._-]*)`;

const WHOLE_COMPONENT = new RegExp(`^${COMPONENT}$`);
const WHOLE_NAME = new RegExp(`^${OCI_NAME}$`);

/** Whether a text can be one component of a repository's name. */
export function isOciComponent(text: string): boolean {
  return WHOLE_COMPONENT.test(text);
}

/** Whether a text can be the name of a repository, without its registry. */
export function isOciName(text: string): boolean {
  return WHOLE_NAME.test(text);
}
