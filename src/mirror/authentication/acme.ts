/** Why an issuer that signs by ACME is refused, after its name: its orders are for DNS names and public addresses (RFC 8555, RFC 8738). */
export const REFUSES_ACME =
  'signs by ACME, which gives no certificate with a URI SAN and none for 127.0.0.1: ' +
  'name an issuer with a CA of yours, see docs/issuers.md';
