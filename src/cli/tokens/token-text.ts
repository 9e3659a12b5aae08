import { CliError } from '../shared/cli-error';

/**
 * A token, if it is one.
 *
 * @param text what is to be one
 * @param where where it is
 * @throws CliError when it is empty or holds blanks; the text is not repeated
 */
export function checked(text: string, where: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  const got = text === '' ? 'it is empty' : 'it holds blanks, line breaks or characters beyond ASCII';
  throw new CliError('configuration', `${where}: ${got}; expected a token alone`);
}
