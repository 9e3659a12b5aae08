import { expectListeners } from './listeners';

describe("the listeners of the registry's side", () => {
  expectListeners('registry');
});
