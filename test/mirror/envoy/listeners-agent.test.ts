import { expectListeners } from './listeners';

describe('the listeners for the node agent', () => {
  expectListeners('agent');
});
