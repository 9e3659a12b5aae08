/** @own-libraries: this test is about what is loaded. */
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
