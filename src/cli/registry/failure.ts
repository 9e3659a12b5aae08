/** Why a registry or its token service could not be asked. Its text never repeats their answers. */
export class CouldNotAsk extends Error {}

const UNTRUSTED = /CERT|SELF_SIGNED|ISSUER|UNABLE_TO_VERIFY|ALTNAME/;

/**
 * The error for a request without an answer. It repeats only the code, as the text may contain the request.
 *
 * @param host the host
 * @param error the error of fetch
 */
export function failureOf(host: string, error: unknown): CouldNotAsk {
  const { name, cause } = thrown(error);
  if (name === 'TimeoutError') return new CouldNotAsk(`${host} does not answer in time`);
  if (thrown(cause).message === 'bad port') return new CouldNotAsk(`${host} has a port that Node's fetch never asks`);
  const code = codeOf(error);
  if (code !== undefined && UNTRUSTED.test(code)) {
    return new CouldNotAsk(
      `${host} shows a certificate that is not trusted (${code}): NODE_EXTRA_CA_CERTS names a file with its CA`,
    );
  }
  return new CouldNotAsk(`${host} cannot be reached${code === undefined ? '' : ` (${code})`}`);
}

/**
 * The wait that Retry-After demands, in seconds; nothing without a valid value.
 *
 * @param header its value: seconds, or a date
 * @param now the time of the answer
 */
export function secondsOf(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header);
  const time = Date.parse(header);
  return Number.isNaN(time) ? undefined : Math.max(0, (time - now.getTime()) / 1000);
}

function codeOf(error: unknown): string | undefined {
  for (let cause = error, depth = 0; depth < 5; cause = thrown(cause).cause, depth++) {
    const { code } = thrown(cause);
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code;
  }
  return undefined;
}

/** The known fields of a thrown value. */
function thrown(error: unknown): { readonly [name in 'name' | 'message' | 'code' | 'cause']?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}
