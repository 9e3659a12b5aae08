import { placeholders, templates } from '../../../src/mirror/envoy/dynamic-files';
import { filled } from '../../integration/harness/dynamic-files';

const base64 = Buffer.from('anything').toString('base64');
const values = {
  users: base64,
  oldVersions: [1, 2].map((n) => filled(templates.oldVersion, { version: `0123456${n}` })).join(','),
  version: '0123abcd',
  credential: base64,
  report: base64,
  status: '200',
  certificate: '/tmp/tmp.Ab1/client.pem',
  ca: '/tmp/tmp.Ab1/ca.pem',
};

describe.each(Object.entries(templates))('the template %s', (_, template) => {
  it('is this', () => {
    expect(template).toMatchSnapshot();
  });

  it('is JSON when every placeholder has its value, and has no other placeholder', () => {
    const text = filled(template, values);
    expect(() => JSON.parse(text)).not.toThrow();
    expect(text).not.toMatch(/@[A-Z_]+@/);
  });
});

it('each placeholder is part of a template, and none is part of another', () => {
  for (const placeholder of Object.values(placeholders)) {
    expect(Object.values(templates).some((template) => template.includes(placeholder))).toBe(true);
    expect(Object.values(placeholders).filter((other) => other.includes(placeholder))).toEqual([placeholder]);
  }
});
