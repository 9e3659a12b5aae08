import { certificate, line, privateKey, unfit, userName } from '../../src/pulumi/fit-values';
import { ca } from './recording';

// Outputs that fail end a program, so that a real engine is asked what becomes of them.
describe('a value of a Secret', () => {
  it.each([
    ['a certificate', certificate, ca.certificate],
    ['certificates', certificate, ca.certificate + ca.certificate],
    ['a certificate with carriage returns', certificate, ca.certificate.replaceAll('\n', '\r\n')],
    ['a key', privateKey, ca.key],
    ['a key of PKCS #8', privateKey, ca.key.replaceAll('EC ', '')],
    ['a user name', userName, 'mirror'],
    ['a password', line, 'pass word:#1'],
  ])('is taken: %s', (_, wrong, text) => {
    expect(unfit('key', text, wrong)).toBeUndefined();
  });

  it.each([
    ['a certificate by its name', certificate, 'PLANTED.crt', 'must be a certificate in PEM: the content of a file'],
    ['a key for a certificate', certificate, ca.key, 'must be a certificate in PEM'],
    ['a key among certificates', certificate, ca.certificate + ca.key, 'must be a certificate in PEM'],
    ['a key by its name', privateKey, 'PLANTED.key', 'must be a private key in PEM: the content of a file'],
    ['a certificate for a key', privateKey, ca.certificate, 'must be a private key in PEM'],
    ['a key without its end', privateKey, ca.key.slice(0, -9), 'must be a private key in PEM'],
    ['a user name with a colon', userName, 'a:PLANTED', 'must have no colon'],
    ['a user name that is a comment', userName, '#PLANTED', 'must not begin with #'],
    ['no user name', userName, '', 'is empty'],
    ['no password', line, '', 'is empty'],
    ['a password as an editor leaves it', line, 'PLANTED\n', 'must be one line without white space around it'],
    ['a password of two lines', line, 'PLANTED\nPLANTED', 'must be one line'],
    ['a token with a space', line, ' PLANTED', 'must be one line without white space around it'],
    ['nothing', line, undefined, 'must be a text'],
  ])('is refused, and not shown: %s', (_, wrong, text, words) => {
    const mistake = unfit('secrets.here', text, wrong);
    expect(mistake).toMatch(/^secrets[.]here: /);
    expect(mistake).toContain(words);
    expect(mistake).not.toMatch(/PLANTED|HIDDEN|PUBLIC/);
  });
});
