import { jwtDecode } from 'jwt-decode';
import type { Access } from './scope';

/** What a token of a token service says: its rights, nothing that can be read, or that no registry may take it. */
export type Reading =
  | { readonly kind: 'access'; readonly access: Access[] }
  | { readonly kind: 'opaque' }
  | { readonly kind: 'unusable'; readonly reason: string };

const LEEWAY_SECONDS = 60;

const unusable = (reason: string): Reading => ({ kind: 'unusable', reason });

/**
 * Reads a token. Its signature cannot be checked here: the registry does when it is shown.
 *
 * @param token the token
 * @param service for whom it must be, if the registry said a name
 * @param now the time
 */
export function readToken(token: string, service: string | undefined, now: Date): Reading {
  if (!/^[-A-Za-z0-9._~+/]+=*$/.test(token)) return unusable('the token has characters that none may have');
  const parts = token.split('.');
  // A JSON object in base64 begins so; as a whole it is no JWT, but a token that is the registry's own affair.
  if (!token.startsWith('eyJ') || parts.length === 1) return { kind: 'opaque' };
  const header = decoded(token, true);
  const payload = decoded(token, false);
  if (parts.length !== 3 || header === undefined || payload === undefined) return unusable('the token is cut short');
  if (typeof header.alg !== 'string' || header.alg.toLowerCase() === 'none' || parts[2] === '') {
    return unusable('the token is not signed');
  }
  const seconds = now.getTime() / 1000;
  const { aud, exp, nbf, access } = payload;
  if (typeof exp === 'number' && exp < seconds - LEEWAY_SECONDS) {
    return unusable('the token has already expired: are both clocks right?');
  }
  if (typeof nbf === 'number' && nbf > seconds + LEEWAY_SECONDS) {
    return unusable('the token is not valid yet: are both clocks right?');
  }
  // One that is not of the specification is the registry's own affair, also for whom it is.
  if (access === undefined) return { kind: 'opaque' };
  if (typeof exp !== 'number') return unusable('the token does not say how long it is valid');
  if (service !== undefined && ![aud].flat().includes(service)) return unusable('the token is for another service');
  if (access === null) return { kind: 'access', access: [] };
  return Array.isArray(access) && access.every(isAccess)
    ? { kind: 'access', access }
    : unusable('the rights in the token cannot be read');
}

function decoded(token: string, header: boolean): { readonly [name: string]: unknown } | undefined {
  try {
    const value: unknown = header ? jwtDecode(token, { header }) : jwtDecode(token);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isAccess(value: unknown): value is Access {
  const { type, name, actions } = (value ?? {}) as Partial<Access>;
  const texts = Array.isArray(actions) && actions.every((action) => typeof action === 'string');
  return typeof type === 'string' && typeof name === 'string' && texts;
}
