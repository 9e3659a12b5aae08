/** @own-libraries: this test is about what is loaded. */
jest.setTimeout(60_000); // Pulumi's and cdk8s' modules take seconds to load
beforeEach(() => {
  jest.resetModules();
  for (const name of ['@pulumi/pulumi', '@pulumi/kubernetes']) {
    jest.doMock(name, () => {
      throw new Error(`${name} was loaded`);
    });
  }
});

test('the library never loads Pulumi', () => {
  expect(jest.requireActual('../../src')).toHaveProperty('SecuredStack');
  expect(() => jest.requireActual('../../src/pulumi')).toThrow('was loaded');
});
