'use strict';
const { join } = require('node:path');

/**
 * Runs a TypeScript file of this folder. No setting of the compiler goes into the environment, as a program that is started from here
 * would take it for its own.
 */
module.exports = (file) => {
  const options = { target: 'ES2022', module: 'node16', moduleResolution: 'node16' };
  require('ts-node').register({ transpileOnly: true, skipProject: true, compilerOptions: options });
  require(join(__dirname, file));
};
