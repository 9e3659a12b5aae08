import { type Input, type Output, output, RunError } from '@pulumi/pulumi';

/** What is wrong with a text; nothing if all is well. */
type Wrong = (text: string) => string | undefined;

/**
 * A value of a Secret. It fails as soon as it is known to be of no use, without repeating it.
 *
 * @param key what the value is called in the arguments
 * @param value the value
 * @param wrong what is wrong with it
 */
export function fitting(key: string, value: Input<string>, wrong: Wrong): Output<string> {
  return output(value).apply((text: unknown) => {
    const mistake = unfit(key, text, wrong);
    if (mistake !== undefined) throw new RunError(mistake);
    return text as string;
  });
}

/** The message about a useless value. */
export function unfit(key: string, text: unknown, wrong: Wrong): string | undefined {
  const why = typeof text === 'string' ? wrong(text) : 'must be a text';
  return why && `${key}: ${why}; what was given is not shown`;
}

/** A token or a password: what a text editor or a shell adds to it makes it another one. */
export const line: Wrong = (text) => {
  if (text === '') return 'is empty';
  return /^\s|\s$|[\r\n]/.test(text) ? 'must be one line without white space around it' : undefined;
};

/** A user name of basic authentication, as the node agent takes it. */
export const userName: Wrong = (text) =>
  line(text) ?? (/^#|:/.test(text) ? 'must have no colon, and must not begin with #' : undefined);

/** Certificates, and no key among them. */
export const certificate: Wrong = (text) =>
  has(text, 'CERTIFICATE') && !has(text, 'PRIVATE KEY')
    ? undefined
    : 'must be a certificate in PEM: the content of a file, not its name';

/** A key. */
export const privateKey: Wrong = (text) =>
  has(text, 'PRIVATE KEY') ? undefined : 'must be a private key in PEM: the content of a file, not its name';

function has(text: string, label: string): boolean {
  return new RegExp(`-----BEGIN ([A-Z]+ )?${label}-----[^]+-----END ([A-Z]+ )?${label}-----`).test(text);
}
