/** The beginning of a kubectl command that the user can type, for a namespace. */
export type KubectlCommand = (namespace: string) => string;
