'use strict';
const { join } = require('node:path');

/**
 * Runs a TypeScript file of this folder. No setting of the compiler goes into the environment, as a program that is started from here
 * would take it for its own.
 */
module.exports = (file) => {
  require('../../../src/swc-register.cjs');
  require(join(__dirname, file));
};
