import { isIP } from 'node:net';

const HOST = /^(?!.*\.\d+$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const NAMESPACE = new RegExp(`^${LABEL}$`);
const SERVICE = new RegExp(`^${LABEL}/${LABEL}$`);

/** What is wrong with a host of a URL, with a port or without, if anything. */
export function hostMistake(text: string): string | undefined {
  if (isIP(text) === 6 && !text.includes('%')) return undefined;
  const [, bracketed, plain = '', port] = /^(?:\[([^%]*)\]|([^[\]]*?))(?::(\d+))?$/.exec(text) ?? [];
  const known =
    bracketed === undefined
      ? isIP(plain) === 4 || HOST.test(plain.replace(/^\*\.(?=.*\.)/, ''))
      : isIP(bracketed) === 6;
  const ported = port === undefined || (/^[1-9]/.test(port) && Number(port) <= 65_535);
  if (known && ported) return undefined;
  return 'expected a host name in lower case or an address, with a port or without, such as hooks.example.com or 127.0.0.1:23443';
}

/** What is wrong with the name of a Service, if anything. */
export function serviceMistake(text: string): string | undefined {
  return SERVICE.test(text) ? undefined : 'expected namespace/name of a Service, such as kube-system/kubelet';
}

/** What is wrong with the name of a namespace, if anything. */
export function namespaceMistake(text: string): string | undefined {
  return NAMESPACE.test(text) ? undefined : 'expected the name of a namespace';
}

/** What is wrong with a name that only the API server knows, if anything. */
export function lineMistake(text: string): string | undefined {
  if (/^\S(.*\S)?$/.test(text)) return undefined;
  return 'expected a name on one line, without spaces around it';
}
