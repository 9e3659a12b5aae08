import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import type { Authority, KeyPair } from '../../harness/certificates';

/** What a token says of rights. */
export interface Access {
  readonly type: 'repository';
  readonly name: string;
  readonly actions: string[];
}

/** Who signs tokens: docker-registry trusts the CA of its certificate, which each token brings along. */
export class Signer {
  private readonly pair: KeyPair;

  public constructor(authority: Authority) {
    this.pair = authority.issue({ usages: ['server auth'], dnsNames: ['token-service.example'] });
  }

  /** A signed token. */
  public token(issuer: string, service: string, access: Access[], changes: object = {}): string {
    const chain = [new X509Certificate(this.pair['tls.crt']).raw.toString('base64')];
    const seconds = Math.floor(Date.now() / 1000);
    const time = { iat: seconds, nbf: seconds - 10, exp: seconds + 300 };
    const payload = { iss: issuer, sub: 'kong', aud: service, jti: randomUUID(), ...time, access, ...changes };
    const text = `${coded({ typ: 'JWT', alg: 'ES256', x5c: chain })}.${coded(payload)}`;
    const key = createPrivateKey(this.pair['tls.key']);
    return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  /** The same without a signature, as `alg: none` has it. */
  public unsigned(issuer: string, service: string, access: Access[]): string {
    const payload = this.token(issuer, service, access).split('.')[1];
    return `${coded({ typ: 'JWT', alg: 'none' })}.${payload}.`;
  }
}

function coded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
