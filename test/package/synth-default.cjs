// Prints the objects of the default stack.yaml, which is given as JSON, as the library in this folder makes them.
const { readFileSync } = require('node:fs');
const { App, Chart } = require('cdk8s');
const { SecuredStack } = require('./dist/lib/src/index.js');

const { clusters } = JSON.parse(readFileSync('stack.json', 'utf8'));
const made = clusters.map((cluster) => {
  const app = new App();
  new SecuredStack(new Chart(app, 'secured-mirror'), 'stack', cluster);
  return app.charts.map((chart) => chart.toJson());
});
process.stdout.write(JSON.stringify(made));
