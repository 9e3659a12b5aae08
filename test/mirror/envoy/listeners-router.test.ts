import { expectListeners } from './listeners';

describe("the listeners of the router's side", () => {
  expectListeners('router');
});
