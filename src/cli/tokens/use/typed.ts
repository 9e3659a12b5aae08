/** The beginning of a command for the user to type, for a namespace. */
export type Typed = (namespace: string) => string;
