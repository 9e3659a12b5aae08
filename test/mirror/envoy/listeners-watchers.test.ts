import { expectListeners } from './listeners';

describe('the listeners for who watches', () => {
  expectListeners('watchers');
});
